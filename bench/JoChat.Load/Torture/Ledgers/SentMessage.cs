namespace JoChat.Load.Torture;

/// <summary>One message and what is known of it. The ledger owns it and changes it under its lock.</summary>
internal sealed class SentMessage(MessageStream stream, int number)
{
    private readonly List<Attempt> _attempts = new(1);

    public MessageStream Stream => stream;

    /// <summary>Its client id; unique among all messages of the sender.</summary>
    public string ClientId { get; } = FormattableString.Invariant($"{stream.Recipient}-{number}");

    public string Text => MessageText.Text(stream.Sender, stream.Recipient, number);

    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>The id in its acknowledgement; 0 if there was none yet.</summary>
    public long Id { get; private set; }

    /// <summary>The id under which its recipient received it first; 0 if it did not.</summary>
    public long SeenId { get; set; }

    /// <summary>When its recipient received it first, by the ledger's clock.</summary>
    public long SeenAt { get; set; }

    /// <summary>When its recipient last acknowledged it, by the ledger's clock; 0 if it did not.</summary>
    public long AcknowledgedAt { get; set; }

    /// <summary>When a receipt called it delivered, by the ledger's clock; 0 if none did.</summary>
    public long ReceiptAt { get; set; }

    /// <summary>Whether it came to who follows its recipient's inbox.</summary>
    public bool IsFollowed { get; set; }

    public bool IsInSendersHistory { get; set; }

    public bool IsInRecipientsHistory { get; set; }

    /// <summary>The place of the first sending that may have stored it.</summary>
    public int FirstOrder => _attempts.Find(attempt => attempt.Outcome != Outcome.Refused).Order;

    /// <summary>Whether a request that was written at <paramref name="at"/> must find it delivered: a receipt had told
    /// so, or its recipient had acknowledged it since the login of the same connection.</summary>
    public bool IsDeliveredBy(long loginAt, long at) =>
        (ReceiptAt > 0 && ReceiptAt <= at) || (AcknowledgedAt > loginAt && AcknowledgedAt <= at);

    /// <summary>Adds a sending. One before it that was not answered may have been refused by a fault that began since.</summary>
    public void Add(Attempt attempt)
    {
        if (_attempts is [.., { Outcome: Outcome.Unanswered } before])
        {
            _attempts[^1] = before with
            {
                MayBeRefused = before.Life.Excuses(life => life.MayRefuseWrites, before.Life.At(attempt.Life)),
            };
        }
        _attempts.Add(attempt);
    }

    public void Store(long id)
    {
        Id = id;
        Settle(Outcome.Stored);
    }

    public void Refuse() => Settle(Outcome.Refused);

    // Answers belong to the last sending: those before it were on connections that are closed.
    private void Settle(Outcome outcome) => _attempts[^1] = _attempts[^1] with { Outcome = outcome };
}
