using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>How much an account may store, and what may wait for one. Of a block it tells nothing: who is blocked is
/// judged as if nothing had been delivered since.</summary>
internal sealed class Quotas
{
    // What a stranger may leave in an inbox that others have filled. Whom its owner writes to is no stranger.
    private const int AlwaysFromOne = 100;

    private readonly IChatStore _store;
    private readonly Allowance<AccountId> _sent;
    private readonly Allowance<AccountId> _inboxes;
    private readonly Allowance<(AccountId Recipient, AccountId Sender)> _pairs;

    public Quotas(
        IChatStore store, PendingWatermarks watermarks, Changeable<QuotaOptions> options, TimeProvider time)
    {
        _store = store;
        _sent = new(options.Of(of => of.MaxStoredBytes), store.CountSentBytes, time);
        _inboxes = new(
            options.Of(of => (long)of.MaxUndelivered),
            account => store.CountInbox(account, watermarks.Of(account), options.Value.MaxUndelivered),
            time);
        _pairs = new(
            options.Of(of => (long)of.MaxUndeliveredFromOne),
            pair => store.CountUndeliveredFrom(
                pair.Recipient, pair.Sender, watermarks.Of(pair.Recipient), options.Value.MaxUndeliveredFromOne),
            time);
    }

    /// <summary>Takes what a message needs.</summary>
    /// <returns>Why it may not be stored; null if it may.</returns>
    public Refused? TryTake(in NewMessage message)
    {
        // Who is refused has taken nothing but of its own: others are not made to wait by it.
        if (!_sent.TryTake(message.Sender, message.StoredBytes)) { return Refusals.QuotaExceeded; }
        var pair = (message.Recipient, message.Sender);
        if (!_pairs.TryTake(pair, 1)) { return Refusals.InboxFull; }
        var hasRoom = _inboxes.TryTake(message.Recipient, 1)
            || _pairs.IsWithin(pair, AlwaysFromOne, taken: 1) || _store.HasSent(message.Recipient, message.Sender);
        return hasRoom ? null : Refusals.InboxFull;
    }
}

/// <summary>How much an account may store, and what may wait for one.</summary>
public sealed record QuotaOptions
{
    /// <summary>Most bytes of messages that one account may have stored by sending, each counted as its content in UTF-8
    /// and 100 bytes, and each client id that is remembered as 100 bytes, ≥ 1.</summary>
    public long MaxStoredBytes { get; init; } = 1024 * 1024 * 1024;

    /// <summary>Most undelivered messages that one account may have from one sender, ≥ 1. Counting so many is a few
    /// milliseconds of the writer's time, once a second where they are reached.</summary>
    public int MaxUndeliveredFromOne { get; init; } = 50_000;

    /// <summary>Most undelivered messages that one account may have, ≥ 1. Beyond it each sender may still leave 100,
    /// and whom the account has written to is not bounded by it.</summary>
    public int MaxUndelivered { get; init; } = 100_000;
}
