namespace JoChat.Storage.Tests;

/// <summary>The simplest model of a store's messages and conversations: lists that are searched from end to end.</summary>
internal sealed class NaiveStore
{
    private readonly List<NewMessage> _messages = [];
    private readonly HashSet<MessageId> _delivered = [], _marked = [], _read = [];
    private readonly Dictionary<(AccountId Account, AccountId Other), Marks> _blocks = [];
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

    public bool IsBlocked(AccountId account, AccountId other) => _blocks.ContainsKey((account, other));

    public void Block(AccountId account, AccountId other)
    {
        var marked = Ids(message => message.Recipient == account && _marked.Contains(message.Id));
        _blocks.TryAdd((account, other), new Marks([.. _delivered], [.. _read], marked.LastOrDefault()));
    }

    public void Unblock(AccountId account, AccountId other) => _blocks.Remove((account, other));

    public List<AccountId> Blocked(AccountId account) =>
        [.. _blocks.Keys.Where(block => block.Account == account).Select(block => block.Other).OrderBy(id => id.Value)];

    public int DeleteFrom(AccountId recipient, AccountId sender, MessageId through)
    {
        bool IsMeant(NewMessage message) =>
            message.Recipient == recipient && message.Sender == sender && message.Id.Value <= through.Value;
        _messages.RemoveAll(message => IsMeant(message) && message.IsWithheld);
        return _messages.RemoveAll(IsMeant);
    }

    public void AdvanceWatermark(AccountId recipient, MessageId through) => _delivered.UnionWith(
        Ids(message => message.Recipient == recipient && message.Id.Value <= through.Value));

    public void MarkDeliveredAfter(AccountId recipient, MessageId after)
    {
        var newest = Ids(message => message.Recipient == recipient && message.Id.Value > after.Value);
        _marked.UnionWith(newest.Where(id => !_delivered.Contains(id)));
        _delivered.UnionWith(newest);
    }

    public List<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit)
    {
        var read = Ids(message => IsUnread(message, reader, sender) && message.Id.Value <= through.Value);
        if (read is [.., var newest])
        {
            _read.UnionWith(Ids(message =>
                message.Recipient == reader && message.Sender == sender && message.Id.Value <= newest.Value));
        }
        return [.. read.TakeLast(limit)];
    }

    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids) =>
        _messages.RemoveAll(
            message => message.Recipient == recipient && !message.IsWithheld && ids.Contains(message.Id.Value));

    public int DeleteOld(DateTimeOffset before) => _messages.RemoveAll(message => message.SentAt < before);

    public void DeleteAccount(AccountId account)
    {
        Accounts.Remove(account);
        _messages.RemoveAll(message => message.Sender == account || message.Recipient == account);
        foreach (var block in _blocks.Keys.Where(block => block.Account == account || block.Other == account).ToList())
        {
            _blocks.Remove(block);
        }
        foreach (var used in _clientIds.Keys.Where(used => used.Sender == account).ToList())
        {
            _clientIds.Remove(used);
        }
    }

    public List<MessageId> Undelivered(AccountId recipient) =>
        Ids(message => message.Recipient == recipient && !message.IsWithheld && !_delivered.Contains(message.Id));

    public List<PairMessage> History(AccountId account, AccountId other, MessageId before, int limit) =>
    [
        .. _messages
            .Where(message => IsBetween(message, account, other) && message.Id.Value < before.Value)
            .Where(message => !message.IsWithheld || message.Sender == account)
            .Select(message => Shown(message, account)).TakeLast(limit),
    ];

    public List<PairMessage> Inbox(AccountId recipient, InboxPage page)
    {
        var found = _messages
            .Where(message => message.Recipient == recipient && message.Id.Value > page.After.Value
                && !message.IsWithheld && message.Id.Value < page.Before.Value
                && !(page.UndeliveredOnly && _delivered.Contains(message.Id)))
            .Select(message => Shown(message, recipient));
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
        message.Recipient == reader && message.Sender == sender && !message.IsWithheld && !_read.Contains(message.Id);

    // A sender who is blocked sees what was delivered and read by then.
    private PairMessage Shown(NewMessage message, AccountId viewer)
    {
        var marks = message.Sender == viewer ? _blocks.GetValueOrDefault((message.Recipient, viewer)) : null;
        var isDelivered = marks is null ? _delivered.Contains(message.Id) : marks.Delivered.Contains(message.Id)
            || (_marked.Contains(message.Id) && message.Id.Value <= marks.MarkedThrough.Value);
        var state = (marks?.Read ?? _read).Contains(message.Id) ? DeliveryState.Read
            : isDelivered ? DeliveryState.Delivered
            : DeliveryState.Stored;
        return new PairMessage(message.Id, message.Sender, message.Content, message.SentAt, state);
    }

    private List<MessageId> Ids(Func<NewMessage, bool> predicate) =>
        [.. _messages.Where(predicate).Select(message => message.Id)];

    private static bool IsBetween(NewMessage message, AccountId one, AccountId other) =>
        (message.Sender == one && message.Recipient == other) || (message.Sender == other && message.Recipient == one);

    private sealed record Marks(HashSet<MessageId> Delivered, HashSet<MessageId> Read, MessageId MarkedThrough);
}
