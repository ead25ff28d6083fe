namespace JoChat.Load.Torture;

/// <summary>What one account sends another, in the order of the first sending.</summary>
internal sealed class MessageStream(string sender, string recipient)
{
    private readonly List<SentMessage> _messages = [];
    private readonly Dictionary<long, SentMessage> _byId = [];

    public string Sender => sender;

    public string Recipient => recipient;

    public IReadOnlyList<SentMessage> Messages => _messages;

    /// <summary>The highest id that the recipient has received.</summary>
    public long LastSeenId { get; set; }

    /// <summary>Up to which id the recipient asked to mark as read, answered or not.</summary>
    public long ReadRequestedThrough { get; set; }

    /// <summary>Up to which id that was answered.</summary>
    public long ReadThrough { get; set; }

    public SentMessage Add()
    {
        var message = new SentMessage(this, _messages.Count);
        _messages.Add(message);
        return message;
    }

    public void Know(long id, SentMessage message) => _byId[id] = message;

    /// <summary>The message that was acknowledged or received under this id, or null.</summary>
    public SentMessage? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>The message with this text that was sent, or null.</summary>
    public SentMessage? Find(string text) =>
        MessageText.Number(text) is >= 0 and var number && number < _messages.Count
        && _messages[number] is { Attempts.Count: > 0 } message && message.Text == text
            ? message
            : null;
}
