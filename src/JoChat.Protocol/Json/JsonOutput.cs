using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Writes one frame with a JSON body. Only what JSON demands is escaped; all other text stays UTF-8, which
/// <c>Utf8JsonWriter</c> does not do for characters beyond the basic plane.</summary>
/// <remarks>Each thread has one, so a frame is ended before the next is started. The frame is collected here since its
/// length comes first.</remarks>
internal sealed class JsonOutput
{
    private const int KeptBytes = 64 * 1024;
    private const int MaxEscapeBytes = 6, MaxIntegerBytes = 20;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, ' ').Select(code => (char)code)));

    [ThreadStatic]
    private static JsonOutput? _ofThisThread;

    private readonly byte[] _kept = new byte[KeptBytes];
    private byte[] _bytes;
    private int _length;
    private bool _needsComma;

    private JsonOutput() => _bytes = _kept;

    /// <summary>Starts a frame.</summary>
    public static JsonOutput Start()
    {
        var json = _ofThisThread ??= new JsonOutput();
        json._length = FrameReader.HeaderSize;
        json._needsComma = false;
        return json;
    }

    /// <summary>Hands the frame over.</summary>
    public void End(IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes, (uint)(_length - FrameReader.HeaderSize));
        output.Write(_bytes.AsSpan(0, _length));
        Exchange(_kept);
    }

    public void BeginObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void BeginArray() => Open((byte)'[');

    public void EndArray() => Close((byte)']');

    /// <summary>Writes a member's name; a value must follow.</summary>
    /// <param name="name">Text that needs no escaping.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        Plain(name);
        Append((byte)':');
        _needsComma = false;
    }

    /// <summary>Writes a string.</summary>
    /// <param name="text">Text that needs no escaping.</param>
    public void Plain(ReadOnlySpan<byte> text)
    {
        Separate();
        Reserve(text.Length + 2);
        _bytes[_length++] = (byte)'"';
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        _bytes[_length++] = (byte)'"';
    }

    /// <summary>Writes a member with a text, or nothing if it is null.</summary>
    public void Member(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) { return; }
        Name(name);
        Value(value);
    }

    public void Member(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Value(value);
    }

    public void Member(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        Value(value);
    }

    /// <summary>Writes a text; a lone surrogate becomes U+FFFD.</summary>
    public void Value(ReadOnlySpan<char> text)
    {
        Separate();
        Append((byte)'"');
        for (var stop = text.IndexOfAny(Escaped); stop >= 0; stop = text.IndexOfAny(Escaped))
        {
            AppendPlain(text[..stop]);
            AppendEscape(text[stop]);
            text = text[(stop + 1)..];
        }
        AppendPlain(text);
        Append((byte)'"');
    }

    public void Value(long value)
    {
        Separate();
        Reserve(MaxIntegerBytes);
        _ = Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    public void Value(bool value) => Raw(value ? "true" : "false");

    /// <summary>Writes a value that is JSON already.</summary>
    public void Raw(ReadOnlySpan<char> json)
    {
        Separate();
        AppendPlain(json);
    }

    private void Open(byte bracket)
    {
        Separate();
        Append(bracket);
        _needsComma = false;
    }

    private void Close(byte bracket)
    {
        Append(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma) { Append((byte)','); }
        _needsComma = true;
    }

    private void Append(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    private void AppendPlain(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Reserve(text.Length);
            _ = Utf8.FromUtf16(text, _bytes.AsSpan(_length), out var read, out var written);
            _length += written;
            text = text[read..];
            if (!text.IsEmpty) { Reserve(3 * text.Length); }
        }
    }

    private void AppendEscape(char character)
    {
        Reserve(MaxEscapeBytes);
        var escape = character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => "\\u00"u8,
        };
        escape.CopyTo(_bytes.AsSpan(_length));
        _length += escape.Length;
        if (escape.Length <= 2) { return; }
        var hex = new StandardFormat('x', 2);
        _ = Utf8Formatter.TryFormat((byte)character, _bytes.AsSpan(_length), out var written, hex);
        _length += written;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count) { return; }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + count));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        Exchange(larger);
    }

    private void Exchange(byte[] next)
    {
        if (_bytes != _kept) { ArrayPool<byte>.Shared.Return(_bytes); }
        _bytes = next;
    }
}
