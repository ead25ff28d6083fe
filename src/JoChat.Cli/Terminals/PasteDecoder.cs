using System.Buffers;
using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>Collects one bracketed paste. Memory is bounded whatever is pasted.</summary>
internal sealed class PasteDecoder
{
    private const int MostKept = 2 * LineBuffer.MaxBytes; // every byte of the text could be a CR and LF here

    private static readonly byte[] Terminator = [.. "\e[201~"u8];

    private readonly List<byte> _bytes = [];
    private int _matched;
    private long _count;

    /// <summary>Takes the next byte.</summary>
    /// <returns>Whether the paste is complete.</returns>
    public bool Take(byte value)
    {
        if (value == Terminator[_matched])
        {
            return ++_matched == Terminator.Length;
        }
        // Only the first byte of the terminator is an escape, so another match can begin only here.
        for (var index = 0; index < _matched; index++) { Keep(Terminator[index]); }
        _matched = 0;
        if (value == Terminator[0]) { _matched = 1; }
        else { Keep(value); }
        return false;
    }

    /// <summary>The whole paste as a key.</summary>
    /// <param name="isMalformed">Whether bytes that are no UTF-8 were left out.</param>
    public KeyStroke ToKey(out bool isMalformed)
    {
        isMalformed = false;
        if (_count > MostKept) { return new KeyStroke(KeyCode.HugePaste) { PastedBytes = _count }; }

        var text = new StringBuilder(_bytes.Count);
        for (ReadOnlySpan<byte> rest = _bytes.ToArray(); !rest.IsEmpty;)
        {
            var isText = Rune.DecodeFromUtf8(rest, out var rune, out var used) == OperationStatus.Done;
            isMalformed |= !isText;
            // CR and LF are one end of a line; CR alone is what terminals make of a newline.
            if (rune.Value == '\r' && rest.Length > 1 && rest[1] == '\n') { used++; }
            if (rune.Value is '\r' or '\n') { text.Append('\n'); }
            else if (isText && (rune.Value == '\t' || !Rune.IsControl(rune))) { text.Append(rune.ToString()); }
            rest = rest[used..];
        }
        return new KeyStroke(KeyCode.Paste, text.ToString()) { PastedBytes = _count };
    }

    private void Keep(byte value)
    {
        _count++;
        if (_count <= MostKept) { _bytes.Add(value); }
    }
}
