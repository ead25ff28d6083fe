using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>Who sent what and what became of it, as the clients saw it. Thread-safe.</summary>
/// <param name="acknowledging">The accounts that acknowledge what is pushed: every message must be pushed to them, the
/// first time in order.</param>
internal sealed partial class Ledger(IReadOnlySet<string> acknowledging)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Sender, string Recipient), MessageStream> _streams = [];
    private readonly Dictionary<string, int> _orders = [];
    private readonly HashSet<string> _followed = [];
    private readonly Findings _findings = new();
    private long _clock;
    private int _stored;

    /// <summary>How many sends were acknowledged.</summary>
    public int Stored => Volatile.Read(ref _stored);

    /// <summary>A logical time stamp, later than everything that was noted before.</summary>
    public long Now()
    {
        lock (_gate) { return ++_clock; }
    }

    /// <summary>Makes the next message of a pair.</summary>
    public SentMessage Add(string sender, string recipient)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue((sender, recipient), out var stream))
            {
                _streams.Add((sender, recipient), stream = new MessageStream(sender, recipient));
            }
            return stream.Add();
        }
    }

    /// <summary>Notes that a message is about to be sent.</summary>
    public void NoteAttempt(SentMessage message, int connection, CurrentLife life)
    {
        lock (_gate)
        {
            var order = _orders[message.Stream.Sender] = _orders.GetValueOrDefault(message.Stream.Sender) + 1;
            message.Add(new Attempt(order, connection, life, life.MayRefuseWrites, Outcome.Unanswered));
        }
    }

    /// <summary>Notes that the last sending was acknowledged.</summary>
    public void NoteStored(SentMessage message, long id)
    {
        lock (_gate)
        {
            message.Store(id);
            _stored++;
            message.Stream.Know(id, message);
        }
    }

    /// <summary>Notes that the last sending was refused.</summary>
    public void NoteRefused(SentMessage message)
    {
        lock (_gate) { message.Refuse(); }
    }

    /// <summary>Whether its recipient has received it.</summary>
    public bool HasArrived(SentMessage message)
    {
        lock (_gate) { return message.SeenId != 0; }
    }

    /// <summary>Notes a receipt. What it calls delivered stays so.</summary>
    public void NoteReceipt(string sender, ReceiptArrived receipt)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue((sender, receipt.By), out var stream)) { return; }
            if (receipt.Kind == ReceiptKind.Read)
            {
                if (receipt.Ids.Max() <= stream.ReadRequestedThrough) { return; }
                _findings.Add(Finding.Fault, $"{sender} was told that these are read: {string.Join(' ', receipt.Ids)}");
                return;
            }
            foreach (var id in receipt.Ids)
            {
                if (stream.Find(id) is { ReceiptAt: 0 } message) { message.ReceiptAt = ++_clock; }
            }
        }
    }

    /// <summary>Notes a finding of a client.</summary>
    public void NoteFinding(Finding finding, string what)
    {
        lock (_gate) { _findings.Add(finding, what); }
    }

    private SentMessage? Find(string sender, string recipient, string text) =>
        _streams.GetValueOrDefault((sender, recipient))?.Find(text);
}
