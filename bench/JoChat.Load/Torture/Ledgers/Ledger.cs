using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>Who sent what and what came of it, as the clients saw it. Safe for several threads.</summary>
/// <param name="strict">The accounts that acknowledge what is pushed: to them every message is owed by push, first
/// come in order.</param>
internal sealed partial class Ledger(IReadOnlySet<string> strict)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Sender, string Recipient), Line> _lines = [];
    private readonly Dictionary<string, int> _orders = [];
    private readonly Findings _findings = new();
    private long _clock;

    /// <summary>A moment: later than those before, and than all that was noted before.</summary>
    public long Now()
    {
        lock (_gate) { return ++_clock; }
    }

    /// <summary>Makes the next message of a pair.</summary>
    public SentMessage Add(string sender, string recipient)
    {
        lock (_gate)
        {
            if (!_lines.TryGetValue((sender, recipient), out var line))
            {
                _lines.Add((sender, recipient), line = new Line(sender, recipient));
            }
            return line.Add();
        }
    }

    /// <summary>Notes that a message goes out now.</summary>
    public void NoteAttempt(SentMessage message, int connection, bool mayBeRefused)
    {
        lock (_gate)
        {
            var order = _orders[message.Line.Sender] = _orders.GetValueOrDefault(message.Line.Sender) + 1;
            message.Add(new Attempt(order, connection, mayBeRefused, Outcome.Unanswered));
        }
    }

    /// <summary>Notes that the last sending was acknowledged.</summary>
    public void NoteStored(SentMessage message, long id)
    {
        lock (_gate)
        {
            message.Store(id);
            message.Line.Know(id, message);
        }
    }

    /// <summary>Notes that the last sending was refused.</summary>
    public void NoteRefused(SentMessage message)
    {
        lock (_gate) { message.Refuse(); }
    }

    /// <summary>Whether its recipient has it.</summary>
    public bool HasArrived(SentMessage message)
    {
        lock (_gate) { return message.SeenId != 0; }
    }

    /// <summary>Notes what the server told a sender: these are delivered, for good; or they are read.</summary>
    public void NoteReceipt(string sender, ReceiptArrived receipt)
    {
        lock (_gate)
        {
            if (!_lines.TryGetValue((sender, receipt.By), out var line)) { return; }
            if (receipt.Kind == ReceiptKind.Read)
            {
                if (receipt.Ids.Max() <= line.ReadRequestedThrough) { return; }
                _findings.Add(Finding.Fault, $"{sender} was told that these are read: {string.Join(' ', receipt.Ids)}");
                return;
            }
            foreach (var id in receipt.Ids)
            {
                if (line.Find(id) is { ReceiptAt: 0 } message) { message.ReceiptAt = ++_clock; }
            }
        }
    }

    /// <summary>Notes something that only the client could see.</summary>
    public void NoteFinding(Finding finding, string what)
    {
        lock (_gate) { _findings.Add(finding, what); }
    }

    private SentMessage? Find(string sender, string recipient, string text) =>
        _lines.GetValueOrDefault((sender, recipient))?.Find(text);
}
