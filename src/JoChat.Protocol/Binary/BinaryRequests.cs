namespace JoChat.Protocol;

/// <summary>Requests in binary, framed or bare.</summary>
internal static class BinaryRequests
{
    public static Request Decode(ReadOnlySpan<byte> body)
    {
        var input = new BinaryInput(body);
        var (op, kind) = (input.TakeByte(), input.TakeByte());
        if (input.IsShort) { return Malformed(null, "The body must begin with op and is_response."); }
        if (kind is not (byte)BodyKind.Request) { return Malformed(null, WrongKind(kind)); }
        if (Codecs.FindOperation(op) is not { } codec) { return Refusals.UnknownOp(op); }

        var request = codec.ReadRequest(ref input);
        var at = input.Position;
        if (input.IsShort) { return Malformed(codec, $"The body ends within its fields, after byte {at}."); }
        if (input.Fault is { } fault) { return Malformed(codec, fault); }
        return input.Rest == 0 ? request : Malformed(codec, $"The body goes on behind its fields, at byte {at}.");
    }

    public static BinaryOutput Write(Request request, bool mayExtend)
    {
        if (request is UnreadableRequest || Codecs.Of(request.Operation) is not { } codec)
        {
            throw new ArgumentException("An unreadable request cannot be written.", nameof(request));
        }
        if (mayExtend && codec.NeedsExtended(request)) { codec = codec.Extended ?? codec; }
        if (!mayExtend && (!codec.IsOriginal || codec.NeedsExtended(request)))
        {
            throw new ArgumentException($"{request.GetType().Name} has no bare form.", nameof(request));
        }
        var output = BinaryOutput.Start(codec.Op, BodyKind.Request);
        codec.WriteRequest(request, output);
        return output;
    }

    public static string WrongKind(byte kind) => $"is_response must be 0 in a request, not {kind}.";

    public static UnreadableRequest Malformed(OperationCodec? codec, string fault) =>
        new(codec?.Operation ?? Operation.Unknown, ErrorCode.MalformedRequest, fault);
}
