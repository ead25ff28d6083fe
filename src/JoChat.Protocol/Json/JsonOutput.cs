using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Writes one frame with a JSON body. Only what JSON demands is escaped; all other text stays UTF-8, which
/// <c>Utf8JsonWriter</c> does not do for characters beyond the basic plane.</summary>
internal sealed class JsonOutput : FrameOutput
{
    private const int MaxEscapeBytes = 6, MaxIntegerBytes = 20;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, ' ').Select(code => (char)code)));

    [ThreadStatic]
    private static JsonOutput? _ofThisThread;

    private bool _needsComma;

    /// <summary>Starts a frame.</summary>
    public static JsonOutput Start()
    {
        var json = _ofThisThread ??= new JsonOutput();
        json.Reset();
        json._needsComma = false;
        return json;
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
        Bytes[Length++] = (byte)'"';
        text.CopyTo(Bytes.AsSpan(Length));
        Length += text.Length;
        Bytes[Length++] = (byte)'"';
    }

    /// <summary>Writes a member, or nothing if it is null.</summary>
    public void Member(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) { return; }
        Name(name);
        Value(value);
    }

    public void Member(ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } integer) { return; }
        Name(name);
        Value(integer);
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
        _ = Utf8Formatter.TryFormat(value, Bytes.AsSpan(Length), out var written);
        Length += written;
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
        Bytes[Length++] = value;
    }

    private void AppendPlain(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Reserve(text.Length);
            _ = Utf8.FromUtf16(text, Bytes.AsSpan(Length), out var read, out var written);
            Length += written;
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
        escape.CopyTo(Bytes.AsSpan(Length));
        Length += escape.Length;
        if (escape.Length <= 2) { return; }
        var hex = new StandardFormat('x', 2);
        _ = Utf8Formatter.TryFormat((byte)character, Bytes.AsSpan(Length), out var written, hex);
        Length += written;
    }
}
