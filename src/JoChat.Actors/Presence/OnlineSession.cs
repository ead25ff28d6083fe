using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>A session that is bound to an account.</summary>
/// <param name="Account">Whose session.</param>
/// <param name="Username">Their name as signed up.</param>
/// <param name="NameKey">The same as it is compared.</param>
/// <param name="Session">The session.</param>
/// <param name="Features">What its connection asked for.</param>
internal sealed record OnlineSession<TSession>(
    AccountId Account, string Username, string NameKey, TSession Session, Features Features)
{
    /// <summary>Since when it is bound, at this writer or one before. No other of the account's sessions has the same.
    /// </summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether it came from another writer, or by another link, and has not logged in here.</summary>
    public bool IsRebound { get; init; }

    /// <summary>When the password was given: for this session, or for the login whose token it came with.</summary>
    public DateTimeOffset ProvenAt { get; init; }

    /// <summary>The login whose token it came with or got; null if none.</summary>
    public LoginId? Kept { get; init; }

    /// <summary>Of an account's own session: below the oldest message that a side session had delivered meanwhile. What
    /// this session was not pushed by then, it is pushed still. Null: there is none.</summary>
    public MessageId? DeliveredBeside { get; init; }

    /// <summary>Whether it is a session beside the account's own.</summary>
    public bool IsSide => Wants(Features.Side);

    /// <summary>Whether its account counts as present because of it.</summary>
    public bool IsPresent => !IsSide || Wants(Features.Push);

    public bool Wants(Features feature) => (Features & feature) != Features.None;
}
