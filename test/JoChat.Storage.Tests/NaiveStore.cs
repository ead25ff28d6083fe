namespace JoChat.Storage.Tests;

/// <summary>The simplest model of a store's messages and conversations: lists that are searched from end to end.</summary>
internal sealed class NaiveStore
{
    private readonly List<NewMessage> _messages = [];
    private readonly HashSet<MessageId> _delivered = [], _read = [];
    private readonly Dictionary<(AccountId Sender, string ClientId), NewMessage> _clientIds = [];

    public HashSet<AccountId> Accounts { get; } = [];

    public IReadOnlyList<NewMessage> Messages => _messages;

    public FirstSend? AddMessage(NewMessage message)
    {
        if (message.ClientId is { } clientId && !_clientIds.TryAdd((message.Sender, clientId), message))
        {
            var first = _clientIds[(message.Sender, clientId)];
            var isSame = (first.Recipient, first.Content) == (message.Recipient, message.Content);
            return new FirstSend(first.Id, first.SentAt, isSame);
        }
        _messages.Add(message);
        return null;
    }

    public void AdvanceWatermark(AccountId recipient, MessageId through) => _delivered.UnionWith(
        Ids(message => message.Recipient == recipient && message.Id.Value <= through.Value));

    public void MarkDeliveredAfter(AccountId recipient, MessageId after) => _delivered.UnionWith(
        Ids(message => message.Recipient == recipient && message.Id.Value > after.Value));

    public List<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit)
    {
        var read = Ids(message => IsUnread(message, reader, sender) && message.Id.Value <= through.Value);
        _read.UnionWith(read);
        return [.. read.TakeLast(limit)];
    }

    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids) =>
        _messages.RemoveAll(message => message.Recipient == recipient && ids.Contains(message.Id.Value));

    public void DeleteAccount(AccountId account)
    {
        Accounts.Remove(account);
        _messages.RemoveAll(message => message.Sender == account || message.Recipient == account);
        foreach (var used in _clientIds.Keys.Where(used => used.Sender == account).ToList())
        {
            _clientIds.Remove(used);
        }
    }

    public List<MessageId> Undelivered(AccountId recipient) =>
        Ids(message => message.Recipient == recipient && !_delivered.Contains(message.Id));

    public List<PairMessage> History(AccountId account, AccountId other, MessageId before, int limit) =>
    [
        .. _messages
            .Where(message => IsBetween(message, account, other) && message.Id.Value < before.Value)
            .Select(Shown).TakeLast(limit),
    ];

    public List<PairMessage> Inbox(AccountId recipient, InboxPage page)
    {
        var found = _messages
            .Where(message => message.Recipient == recipient && message.Id.Value > page.After.Value
                && message.Id.Value < page.Before.Value && !(page.UndeliveredOnly && _delivered.Contains(message.Id)))
            .Select(Shown);
        return [.. page.FromOldest ? found.Take(page.Limit) : found.TakeLast(page.Limit)];
    }

    public List<(AccountId With, long Unread, PairMessage Last)> Conversations(
        AccountId account, MessageId before, int limit) =>
    [
        .. Accounts
            .Select(other => (other, History(account, other, new MessageId(long.MaxValue), 1).LastOrDefault()))
            .Where(pair => pair.Item2?.Id.Value < before.Value)
            .OrderByDescending(pair => pair.Item2!.Id.Value)
            .Take(limit)
            .Select(pair => (pair.other, CountUnread(account, pair.other), pair.Item2!)),
    ];

    private long CountUnread(AccountId reader, AccountId sender) =>
        _messages.Count(message => IsUnread(message, reader, sender));

    private bool IsUnread(NewMessage message, AccountId reader, AccountId sender) =>
        message.Recipient == reader && message.Sender == sender && !_read.Contains(message.Id);

    private PairMessage Shown(NewMessage message) => new(
        message.Id, message.Sender, message.Content, message.SentAt,
        _read.Contains(message.Id) ? DeliveryState.Read
        : _delivered.Contains(message.Id) ? DeliveryState.Delivered
        : DeliveryState.Stored);

    private List<MessageId> Ids(Func<NewMessage, bool> predicate) =>
        [.. _messages.Where(predicate).Select(message => message.Id)];

    private static bool IsBetween(NewMessage message, AccountId one, AccountId other) =>
        (message.Sender == one && message.Recipient == other) || (message.Sender == other && message.Recipient == one);
}
