using System.Globalization;
using System.Text;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Shows messages that the server has: those sent while away, the inbox, conversations and what was said in
/// them.</summary>
/// <param name="client">Logged in.</param>
/// <param name="screen">Where they are shown.</param>
/// <param name="names">Learns who is met.</param>
/// <param name="marks">Learns what is shown.</param>
/// <param name="more">Learns what comes next.</param>
/// <param name="self">Who is logged in.</param>
internal sealed class MessageLists(
    JoChatClient client, ChatScreen screen, KnownNames names, ReadMarks marks, MoreToShow more, string self)
{
    private const int PageSize = 20;

    /// <summary>Takes messages sent while away.</summary>
    /// <returns>How many.</returns>
    public async Task<int> TakeAwayAsync(int limit, CancellationToken cancellation)
    {
        var messages = await client.FetchAwayAsync(limit, cancellation);
        foreach (var message in messages)
        {
            names.Add(message.Sender);
            marks.Shown(message.Sender, message.Id);
            screen.ShowListed(message, isAway: true);
        }
        if (messages.IsEmpty) { screen.Say("No message is waiting."); }
        return messages.Length;
    }

    /// <summary>Shows the newest messages to oneself; the next page are the ones before.</summary>
    public async Task ShowInboxAsync(CancellationToken cancellation)
    {
        try
        {
            await ShowInboxAsync(before: null, cancellation);
        }
        catch (RefusedException refusal) when (refusal.Code is ErrorCode.UnknownOperation or ErrorCode.Unsupported)
        {
            await ShowDeliveredAsync(cancellation);
        }
    }

    private async Task ShowInboxAsync(long? before, CancellationToken cancellation)
    {
        // One more than a page, to know whether there is another.
        var found = await client.ReadInboxAsync(after: null, before, count: PageSize + 1, cancellation: cancellation);
        var page = found.TakeLast(PageSize).ToArray();
        foreach (var message in page)
        {
            names.Add(message.Sender);
            marks.Shown(message.Sender, message.Id);
            screen.ShowHistory(message, isOwn: false);
        }
        if (found.IsEmpty) { screen.Say("The inbox is empty."); }
        if (found.Length > PageSize || IsCut(found)) { more.Is(next => ShowInboxAsync(page[0].Id, next)); }
        else { more.IsNothing(); }
    }

    // An original server lists all that was delivered, and no times.
    private async Task ShowDeliveredAsync(CancellationToken cancellation)
    {
        var messages = await client.ListDeliveredAsync(cancellation);
        foreach (var message in messages)
        {
            names.Add(message.Sender);
            marks.Shown(message.Sender, message.Id);
            screen.ShowListed(message, isAway: false);
        }
        if (messages.IsEmpty) { screen.Say("The inbox is empty."); }
    }

    /// <summary>Shows the newest messages of a conversation; the next page are the ones before.</summary>
    /// <returns>Whether there are any.</returns>
    public Task<bool> ShowHistoryAsync(string with, CancellationToken cancellation) =>
        ShowHistoryAsync(with, before: null, cancellation);

    /// <summary>Shows the conversations, the newest activity first.</summary>
    public Task ShowConversationsAsync(CancellationToken cancellation) =>
        ShowConversationsAsync(before: null, cancellation);

    private async Task<bool> ShowHistoryAsync(string with, long? before, CancellationToken cancellation)
    {
        // One more than a page, to know whether there is another.
        var found = await client.ReadHistoryAsync(with, before, PageSize + 1, cancellation);
        var page = found.TakeLast(PageSize).ToArray();
        foreach (var message in page)
        {
            if (!IsSelf(message.Sender)) { marks.Shown(message.Sender, message.Id); }
            screen.ShowHistory(message, IsSelf(message.Sender));
        }
        if (found.Length > PageSize || IsCut(found)) { more.Is(next => ShowHistoryAsync(with, page[0].Id, next)); }
        else { more.IsNothing(); }
        return !found.IsEmpty;
    }

    // One may log in with one's name in another case.
    private bool IsSelf(string name) => Names.AreSame(name, self);

    // The server ends a list that would be too long; then there may be more, however few came.
    private static bool IsCut(IEnumerable<HistoryMessage> found) =>
        found.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Content)) > Limits.MaxListedBytes / 2;

    private async Task ShowConversationsAsync(long? before, CancellationToken cancellation)
    {
        var found = await client.ListConversationsAsync(before, PageSize + 1, cancellation);
        var page = found.Take(PageSize).ToArray();
        foreach (var conversation in page)
        {
            names.Add(conversation.With);
            screen.ShowConversation(conversation, conversation.LastMessage is { Sender: var sender } && IsSelf(sender));
        }
        if (found.IsEmpty) { screen.Say("There are no conversations yet."); }
        if (found.Length > PageSize && page[^1].LastMessage is { } last)
        {
            more.Is(next => ShowConversationsAsync(last.Id, next));
        }
        else
        {
            more.IsNothing();
        }
    }

    /// <summary>Deletes received messages.</summary>
    public async Task DeleteAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var count = await client.DeleteMessagesAsync(ids, cancellation);
        var others = count == ids.Count ? "." : "; the others are not among the messages you have received.";
        screen.Say(string.Create(CultureInfo.InvariantCulture, $"Deleted {count} of {ids.Count}{others}"));
    }
}
