using System.Text;

namespace JoChat.Load;

/// <summary>The messages that one account sends to others in turn, as frames that differ only in recipient, number and
/// time. Not thread-safe.</summary>
internal sealed class MessageFrames
{
    private readonly byte[] _blank;
    private readonly byte[][] _recipients;
    private readonly int _recipientOffset, _textOffset;
    private long _written;

    /// <summary>Makes the frame.</summary>
    /// <param name="sender">The sender, in ASCII.</param>
    /// <param name="recipients">The recipients in turn; ASCII names of equal length.</param>
    /// <param name="size">Bytes in each text, ≥ 100.</param>
    public MessageFrames(string sender, IEnumerable<string> recipients, int size = NumberedText.Size)
    {
        _recipients = [.. recipients.Select(Encoding.ASCII.GetBytes)];
        _blank = Requests.Send(sender, Encoding.ASCII.GetString(_recipients[0]), NumberedText.Blank(size));
        var member = "\"recipient\":\""u8;
        _recipientOffset = _blank.AsSpan().IndexOf(member) + member.Length;
        _textOffset = _blank.AsSpan().IndexOf(Encoding.ASCII.GetBytes(NumberedText.Blank(size)));
    }

    public int FrameSize => _blank.Length;

    /// <summary>To how many.</summary>
    public int Recipients => _recipients.Length;

    /// <summary>How many were written in all.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>How many were written to the recipient at this index.</summary>
    public long WrittenTo(int recipient) =>
        Written / _recipients.Length + (recipient < Written % _recipients.Length ? 1 : 0);

    /// <summary>A buffer of so many frames, to be overwritten by <see cref="WriteNext"/>.</summary>
    public byte[] Blanks(int count) => [.. Enumerable.Repeat(_blank, count).SelectMany(bytes => bytes)];

    /// <summary>Overwrites a frame with the next message.</summary>
    public void WriteNext(Span<byte> frame, long now)
    {
        var (round, recipient) = Math.DivRem(_written, _recipients.Length);
        _recipients[recipient].CopyTo(frame[_recipientOffset..]);
        NumberedText.Write(frame[_textOffset..], round, now);
        Volatile.Write(ref _written, _written + 1);
    }
}
