using System.Text;
using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>Walks a JSON text forward, member by member, and takes typed values from it.</summary>
/// <remarks>After <see cref="NextMember"/> and <see cref="NextElement"/> it stands on a value. A value nobody takes is
/// skipped. A caller that enters an object or an array reads it to its end. Text that is not JSON is a
/// <see cref="JsonException"/>; a value of the wrong type is a fault, kept until the same member comes again, for of
/// duplicate members the last wins. Strings may only be taken from what <see cref="JsonUnicode"/> found valid.
/// </remarks>
internal ref struct JsonInput
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private ReadOnlySpan<byte> _name;
    private bool _isPending; // the value on which the reader stands is not taken yet
    private OrderedDictionary<string, string>? _faults;

    public JsonInput(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, isFinalBlock: true, state: default);
        _ = _reader.Read();
    }

    /// <summary>The kind of the value.</summary>
    public readonly JsonTokenType Kind => _reader.TokenType;

    /// <summary>Whether a value of the wrong type is no fault: set within the elements of a list, for a list with one
    /// that is not whole counts as missing.</summary>
    public bool IsLenient { get; set; }

    /// <summary>Where the value begins, in bytes.</summary>
    public readonly int ValueStart => (int)_reader.TokenStartIndex;

    /// <summary>Where the text read so far ends, in bytes.</summary>
    public readonly int Position => (int)_reader.BytesConsumed;

    /// <summary>The first fault that stands, as a sentence; null if none.</summary>
    public readonly string? Fault => _faults is { Count: > 0 } ? _faults.GetAt(0).Value : null;

    /// <summary>Whether the current member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>Enters the value if it is an object.</summary>
    public bool TryEnterObject() => TryEnter(JsonTokenType.StartObject);

    /// <summary>Enters the value if it is an array.</summary>
    public bool TryEnterArray() => TryEnter(JsonTokenType.StartArray);

    /// <summary>Moves to the next member's value; false at the object's end.</summary>
    public bool NextMember()
    {
        SkipPending();
        _ = _reader.Read();
        if (_reader.TokenType is JsonTokenType.EndObject) { return false; }
        _name = PeekUtf8();
        _ = _reader.Read();
        return _isPending = true;
    }

    /// <summary>Moves to the next element; false at the array's end.</summary>
    public bool NextElement()
    {
        SkipPending();
        _ = _reader.Read();
        return _isPending = _reader.TokenType is not JsonTokenType.EndArray;
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void End()
    {
        SkipPending();
        _ = _reader.Read();
    }

    /// <summary>Takes the value as it stands in the text.</summary>
    public ReadOnlySpan<byte> TakeRaw()
    {
        var start = ValueStart;
        SkipPending();
        return _json[start..Position];
    }

    /// <summary>Takes a string; null with a fault if it is something else, null without one if it is null.</summary>
    public string? TakeText()
    {
        if (TryTakeText(out var text)) { MendFault(); }
        else { AddFault("a string", Describe(Kind)); }
        return text;
    }

    /// <summary>Takes a string or null; false if it is something else.</summary>
    public bool TryTakeText(out string? text)
    {
        text = Kind is JsonTokenType.String ? _reader.GetString() : null;
        return text is not null || Kind is JsonTokenType.Null;
    }

    /// <summary>Takes an integer; null with a fault if it is something else, null without one if it is null.</summary>
    public long? TakeInteger()
    {
        if (TryTakeInteger(out var value)) { MendFault(); }
        else { AddFault("an integer of 64 bits", Kind is JsonTokenType.Number ? "another number" : Describe(Kind)); }
        return value;
    }

    /// <summary>Takes an integer of 64 bits or null; false if it is something else, also another number.</summary>
    public bool TryTakeInteger(out long? value)
    {
        value = Kind is JsonTokenType.Number && _reader.TryGetInt64(out var number) ? number : null;
        return value is not null || Kind is JsonTokenType.Null;
    }

    /// <summary>Takes a boolean; null with a fault if it is something else, null without one if it is null.</summary>
    public bool? TakeFlag()
    {
        bool? flag = Kind is JsonTokenType.True ? true : Kind is JsonTokenType.False ? false : null;
        if (flag is not null || Kind is JsonTokenType.Null) { MendFault(); }
        else { AddFault("a boolean", Describe(Kind)); }
        return flag;
    }

    /// <summary>The text of the string on which it stands, or nothing if that is no Unicode.</summary>
    public readonly ReadOnlySpan<byte> PeekUtf8()
    {
        if (!_reader.ValueIsEscaped) { return _reader.ValueSpan; }
        if (!JsonUnicode.IsValid(_reader.ValueSpan)) { return default; }
        var text = new byte[_reader.ValueSpan.Length]; // escapes only shrink
        return text.AsSpan(0, _reader.CopyString(text));
    }

    /// <summary>Notes that the current member is not what it must be.</summary>
    /// <param name="expected">What it must be, with its article.</param>
    /// <param name="found">What it is, with its article.</param>
    public void AddFault(string expected, string found)
    {
        if (IsLenient) { return; }
        var name = Encoding.UTF8.GetString(_name);
        (_faults ??= [])[name] = $"data.{name} must be {expected}, not {found}.";
    }

    /// <summary>Forgets all faults, for a new <c>data</c>.</summary>
    public void ClearFaults() => _faults = null;

    /// <summary>Forgets the fault of an earlier member of the same name.</summary>
    public readonly void MendFault() => _faults?.Remove(Encoding.UTF8.GetString(_name));

    /// <summary>What a value is called, with its article.</summary>
    public static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };

    private bool TryEnter(JsonTokenType start)
    {
        if (Kind != start) { return false; }
        _isPending = false;
        return true;
    }

    private void SkipPending()
    {
        if (_isPending) { _reader.Skip(); }
        _isPending = false;
    }
}
