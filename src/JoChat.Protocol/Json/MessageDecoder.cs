using System.Text;
using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>Decodes one response or event. <c>data</c> is walked after the rest, since its <c>status</c> says what else
/// it holds.</summary>
internal ref struct MessageDecoder(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private ReadOnlySpan<byte> _type;
    private bool _hasType;
    private ReadOnlySpan<byte> _data;
    private RequestId? _id;

    /// <summary>The message; null if it is malformed or none that this version knows.</summary>
    public ServerMessage? Decode()
    {
        if (!JsonUnicode.IsValid(_body)) { return null; }
        try
        {
            return TryReadMembers() ? ReadData() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool TryReadMembers()
    {
        var input = new JsonInput(_body);
        if (!input.TryEnterObject()) { return false; }
        while (input.NextMember())
        {
            if (input.Is("msg_type"u8))
            {
                _hasType = input.Kind is JsonTokenType.String;
                _type = _hasType ? input.PeekUtf8() : default;
            }
            else if (input.Is("data"u8))
            {
                _data = input.Kind is JsonTokenType.StartObject ? input.TakeRaw() : default;
            }
            else if (input.Is("id"u8))
            {
                _id = input.Kind is JsonTokenType.String or JsonTokenType.Number
                    ? new RequestId(Encoding.UTF8.GetString(input.TakeRaw()))
                    : null;
            }
        }
        input.End();
        return _hasType && !_data.IsEmpty;
    }

    private readonly ServerMessage? ReadData()
    {
        var input = new JsonInput(_data);
        _ = input.TryEnterObject();
        ServerMessage? message = ReadStatus() switch
        {
            "error" => ReadRefusal(ref input),
            "ok" => ReadResponse(ref input),
            // An event has none. Its name alone does not tell it: a request of that name may have been refused.
            null => Codecs.FindEvent(_type)?.Read(ref input),
            _ => null,
        };
        return input.Fault is null ? message : null;
    }

    private readonly Response? ReadResponse(ref JsonInput data)
    {
        var response = Codecs.FindOperation(_type)?.ReadResponse(ref data);
        return response is null || _id is null ? response : response with { Id = _id };
    }

    private readonly string? ReadStatus()
    {
        string? status = null;
        var input = new JsonInput(_data);
        _ = input.TryEnterObject();
        while (input.NextMember())
        {
            if (input.Is("status"u8)) { _ = input.TryTakeText(out status); }
        }
        return status;
    }

    private readonly Refused? ReadRefusal(ref JsonInput data)
    {
        string? text = null, code = null;
        long? since = null, retryAfter = null;
        while (data.NextMember())
        {
            if (data.Is("msg"u8)) { _ = data.TryTakeText(out text); }
            else if (data.Is("code"u8)) { _ = data.TryTakeText(out code); }
            else if (data.Is("since"u8)) { _ = data.TryTakeInteger(out since); }
            else if (data.Is("retry_after_ms"u8)) { _ = data.TryTakeInteger(out retryAfter); }
        }
        if (text is null) { return null; }

        var operation = Codecs.FindOperation(_type)?.Operation ?? Operation.Unknown;
        var isNamed = operation is Operation.Unknown && !_type.SequenceEqual("error"u8);
        return new Refused(operation, WireNames<ErrorCode>.Parse(code) ?? ErrorCode.Other, text)
        {
            Id = _id,
            Since = WireTime.Of(since),
            RetryAfter = retryAfter is >= 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(retryAfter.Value) : null,
            MessageType = isNamed ? Encoding.UTF8.GetString(_type) : null,
        };
    }
}
