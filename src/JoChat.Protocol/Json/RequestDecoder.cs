using System.Text;
using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>Decodes one request: the members <c>msg_type</c>, <c>data</c> and <c>id</c>, in any order.</summary>
/// <remarks><c>data</c> is decoded where it stands if the type is known by then, which is the usual order; else, and if
/// the type changes later, it is walked a second time.</remarks>
internal ref struct RequestDecoder(ReadOnlySpan<byte> body)
{
    private const int MaxEchoedTypeCharacters = 64;

    private readonly ReadOnlySpan<byte> _body = body;
    private readonly bool _isUnicode = JsonUnicode.IsValid(body);
    private JsonInput _input;
    private OperationCodec? _operation;
    private string? _unknownType;
    private RequestId? _id;
    private Request? _request;
    private ReadOnlySpan<byte> _data;
    private string? _typeFault = "msg_type is missing.", _dataFault = "data is missing.", _idFault, _memberFault;

    /// <summary>The request, or why there is none.</summary>
    public Request Decode()
    {
        if (_body.IsEmpty) { return Unreadable("The body is empty; it must be a JSON object."); }
        if (_body[0] != '{') { return Unreadable("The body must be a JSON object, beginning with '{'."); }
        try
        {
            ReadMembers();
        }
        catch (JsonException fault)
        {
            var (line, column) = (fault.LineNumber + 1, fault.BytePositionInLine + 1);
            return Unreadable($"The body is not valid JSON: line {line}, byte {column}.");
        }

        return Judge();
    }

    private Request Judge()
    {
        if (!_isUnicode) { return Unreadable("The body is not valid Unicode."); }
        if (_typeFault is not null) { return Unreadable(_typeFault); }
        if (_operation is null)
        {
            return Unreadable($"Unknown msg_type \"{_unknownType}\".", ErrorCode.UnknownOperation);
        }
        if ((_idFault ?? _dataFault) is { } text) { return Unreadable(text); }

        if (_request is null)
        {
            var input = new JsonInput(_data);
            ReadData(ref input, _operation);
        }
        if (_memberFault is not null) { return Unreadable(_memberFault); }
        return _id is null ? _request! : _request! with { Id = _id };
    }

    private void ReadMembers()
    {
        _input = new JsonInput(_body);
        _ = _input.TryEnterObject();
        while (_input.NextMember())
        {
            if (_input.Is("msg_type"u8)) { TakeType(); }
            else if (_input.Is("data"u8)) { TakeData(); }
            else if (_input.Is("id"u8)) { TakeId(); }
        }
        _input.End();
    }

    private void TakeType()
    {
        _request = null; // what was decoded belongs to the type before
        _operation = null;
        _unknownType = null;
        _typeFault = _input.Kind switch
        {
            JsonTokenType.String => null,
            JsonTokenType.Null => "msg_type is missing.",
            _ => $"msg_type must be a string, not {JsonInput.Describe(_input.Kind)}.",
        };
        if (_typeFault is not null) { return; }

        _operation = Codecs.FindOperation(_input.PeekUtf8());
        if (_operation is null && _isUnicode && _input.TryTakeText(out var name)) { _unknownType = Cut(name!); }
    }

    private void TakeData()
    {
        _request = null;
        _dataFault = _input.Kind switch
        {
            JsonTokenType.StartObject => null,
            JsonTokenType.Null => "data is missing.",
            _ => $"data must be an object, not {JsonInput.Describe(_input.Kind)}.",
        };
        if (_dataFault is null && _operation is not null && _isUnicode)
        {
            var start = _input.ValueStart;
            ReadData(ref _input, _operation);
            _data = _body[start.._input.Position];
        }
        else
        {
            _data = _input.TakeRaw();
        }
    }

    private void ReadData(ref JsonInput input, OperationCodec operation)
    {
        input.ClearFaults();
        _ = input.TryEnterObject();
        _request = operation.ReadRequest(ref input);
        _memberFault = input.Fault;
    }

    private void TakeId()
    {
        _id = null;
        _idFault = null;
        if (_input.Kind is JsonTokenType.Null) { return; }
        if (_input.Kind is not (JsonTokenType.String or JsonTokenType.Number))
        {
            _idFault = $"id must be a string or a number, not {JsonInput.Describe(_input.Kind)}.";
            return;
        }

        var id = _input.TakeRaw();
        if (id.Length > Limits.MaxRequestIdBytes)
        {
            _idFault = $"id is {id.Length} bytes; the limit is {Limits.MaxRequestIdBytes}.";
        }
        else if (_isUnicode || JsonUnicode.IsValid(id))
        {
            _id = new RequestId(Encoding.UTF8.GetString(id));
        }
    }

    private readonly UnreadableRequest Unreadable(string text, ErrorCode code = ErrorCode.MalformedRequest) =>
        new(_operation?.Operation ?? Operation.Unknown, code, text) { Id = _id, MessageType = _unknownType };

    // Never between the halves of a surrogate pair.
    private static string Cut(string name) =>
        name.Length <= MaxEchoedTypeCharacters ? name
        : char.IsHighSurrogate(name[MaxEchoedTypeCharacters - 1]) ? name[..(MaxEchoedTypeCharacters - 1)]
        : name[..MaxEchoedTypeCharacters];
}
