using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// The people an account talks with.
internal static partial class RequestRules
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    private static object JudgeConversations(ListConversations list, long number, SessionLogin login)
    {
        if (list.Count < 0) { return Refusals.InvalidPage(Operation.ListConversations); }
        var count = Math.Min(list.Count, Limits.MaxListedConversations);
        return new FindConversations(number, login.Id, login.Username, Before(list.Before), count);
    }

    private static object JudgeHistory(ReadHistory read, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(read.With)) { return Refusals.NoUsername(Operation.ReadHistory); }
        if (read.Count < 0) { return Refusals.InvalidPage(Operation.ReadHistory); }
        if (!Username.TryParse(read.With, out var with, out _)) { return new History([]); }
        var count = Math.Min(read.Count, Limits.MaxHistoryMessages);
        return new FindHistory(number, login.Id, login.Username, with.Key, Before(read.Before), count);
    }

    private static object JudgeInbox(ReadInbox read, long number, SessionLogin login)
    {
        if (read.Count < 0) { return Refusals.InvalidPage(Operation.ReadInbox); }
        var page = new InboxPage(
            new MessageId(read.After ?? 0), Before(read.Before), FromOldest: read.After is not null,
            read.UndeliveredOnly, Math.Min(read.Count, Limits.MaxInboxMessages));
        return new FindInbox(number, login.Id, login.Username, page);
    }

    private static MessageId Before(long? id) => id is { } known ? new MessageId(known) : BehindAll;

    private static object JudgeMarkRead(MarkRead mark, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(mark.With)) { return Refusals.NoUsername(Operation.MarkRead); }
        if (mark.Through is not { } through) { return As(Operation.MarkRead, Refusals.NoMessageIds); }
        if (!Username.TryParse(mark.With, out var with, out _)) { return new MarkedRead(); }
        return new MarkConversationRead(number, login.Id, login.Username, with.Key, new MessageId(through));
    }

    private static object JudgeMarkDelivered(MarkDelivered mark, long number, SessionLogin login) =>
        mark.Through is { } through
            ? new MarkInboxDelivered(number, login.Id, new MessageId(through))
            : As(Operation.MarkDelivered, Refusals.NoMessageIds);

    private static object JudgeTyping(Typing typing, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(typing.Recipient)) { return Refusals.NoUsername(Operation.Typing); }
        if (!Username.TryParse(typing.Recipient, out var to, out _)) { return new TypingNoted(); }
        return new RelayTyping(number, login.Id, login.Username, to.Key, typing.IsTyping);
    }

    private static object JudgePresence(
        AskPresence ask, long number, SessionLogin login, Features features, AccountDirectory directory)
    {
        if (ask.Of.Length > Limits.MaxPresenceNames) { return Refusals.TooManyNames; }
        var keys = ImmutableArray.CreateBuilder<string>(ask.Of.Length);
        foreach (var of in ask.Of)
        {
            if (Username.TryParse(of, out var name, out _) && !keys.Contains(name.Key)) { keys.Add(name.Key); }
        }
        var mayWatch = features.HasFlag(Features.Presence);
        var find = new FindPresent(number, login.Id, keys.DrainToImmutable(), mayWatch);
        return directory is AccountDirectory.Contacts ? new FindPresentContacts(find) : find;
    }
}
