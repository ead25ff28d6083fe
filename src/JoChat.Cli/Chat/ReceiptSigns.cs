using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Shows behind one's own lines what receipts say of them.</summary>
internal sealed class ReceiptSigns(ChatScreen screen, string self)
{
    private const int MostLines = 200; // older ones have left every screen

    private readonly Lock _gate = new();

    // Guarded by _gate. A receipt may come before the answer that tells the message's id.
    private readonly LinkedList<(long Id, string RecipientKey, OwnLine Line)> _lines = [];
    private readonly Dictionary<string, (long Delivered, long Read)> _through = new(StringComparer.Ordinal);

    /// <summary>A message is stored.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="id">Its id; null if the server does not tell.</param>
    public void Sent(OwnLine line, long? id)
    {
        lock (_gate)
        {
            line.Sign = MessageSign.Sent;
            if (id is { } known)
            {
                var key = Names.KeyOf(line.Message.Recipient);
                if (_lines.Count == MostLines) { _lines.RemoveFirst(); }
                _lines.AddLast((known, key, line));
                var (delivered, read) = _through.GetValueOrDefault(key);
                if (known <= delivered) { line.Sign = MessageSign.Delivered; }
                if (known <= read) { line.Sign = MessageSign.Read; }
            }
            screen.ShowSign(self, line);
        }
    }

    /// <summary>Somebody has received or read messages.</summary>
    public void Note(ReceiptArrived receipt)
    {
        if (receipt.Ids.IsEmpty) { return; }
        lock (_gate)
        {
            var key = Names.KeyOf(receipt.By);
            var through = receipt.Ids[^1];
            var (delivered, read) = _through.GetValueOrDefault(key);
            var isRead = receipt.Kind == ReceiptKind.Read;
            _through[key] = isRead ? (delivered, Math.Max(read, through)) : (Math.Max(delivered, through), read);
            var sign = isRead ? MessageSign.Read : MessageSign.Delivered;
            foreach (var (id, recipient, line) in _lines)
            {
                if (id > through || recipient != key || line.Sign >= sign) { continue; }
                line.Sign = sign;
                screen.ShowSign(self, line);
            }
        }
    }
}
