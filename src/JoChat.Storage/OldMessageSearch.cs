namespace JoChat.Storage;

/// <summary>Takes messages in the order of their ids and keeps those that are old, until they are as many as can be looked
/// at, or deleted, at a time.</summary>
/// <param name="after">Where it begins.</param>
/// <param name="before">Older than this is old.</param>
/// <param name="limits">How much is done at a time.</param>
internal sealed class OldMessageSearch(MessageId after, DateTimeOffset before, StoreLimits limits)
{
    private const int BytesPerUnit = 4096;

    private readonly long _before = before.ToUnixTimeMilliseconds();
    private readonly List<MessageId> _old = [];
    private readonly HashSet<(long Sender, long Recipient)> _pairs = [];
    private MessageId _first = new(after.Value + 1), _through = after;
    private long _looked, _toDelete;

    /// <summary>Whether no more may be added.</summary>
    public bool IsFull => _looked >= limits.LookedAtOnce || _toDelete >= limits.DeletedAtOnce;

    /// <summary>Adds the next message.</summary>
    public void Add(long id, long sender, long recipient, long bytes, long sentAt)
    {
        _through = new MessageId(id);
        if (_looked == 0) { _first = _through; }
        var work = 1 + (bytes / BytesPerUnit);
        _looked += work;
        if (sentAt >= _before) { return; }
        _old.Add(_through);
        _toDelete += work + (_pairs.Add((sender, recipient)) ? 1 : 0);
    }

    /// <summary>What was found.</summary>
    public OldMessages Finish() => new(_old, _first, _through, IsLast: !IsFull);
}
