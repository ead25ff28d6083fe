namespace JoChat.Protocol;

/// <summary>Responses and events in binary, framed or bare.</summary>
internal static class BinaryMessages
{
    /// <summary>The op of a refusal that names no operation.</summary>
    public const byte FailureOp = 255;

    public static ServerMessage? Decode(ReadOnlySpan<byte> body) => Decode(body, out _);

    /// <summary>Decodes a body and tells how many bytes are left behind the last field that this version knows.</summary>
    public static ServerMessage? Decode(ReadOnlySpan<byte> body, out int rest)
    {
        var input = new BinaryInput(body);
        var (op, kind) = (input.TakeByte(), (BodyKind)input.TakeByte());
        ServerMessage? message = kind switch
        {
            BodyKind.Response => ReadResponse(op, ref input),
            BodyKind.Event => Codecs.FindEvent(op)?.Read(ref input),
            _ => null,
        };
        rest = input.Rest;
        return input.IsShort || input.Fault is not null ? null : message;
    }

    /// <summary>Reads a response behind <c>is_response</c>; null if this version does not know it.</summary>
    public static Response? ReadResponse(byte op, ref BinaryInput input)
    {
        if (op == FailureOp) { return ReadFailure(ref input); }
        if (Codecs.FindOperation(op) is not { } codec) { return null; }
        return input.TakeFlag() ? codec.ReadResponse(ref input) : ReadRefusal(codec, ref input);
    }

    public static BinaryOutput Write(ServerMessage message, bool mayExtend) => message switch
    {
        Refused refused => WriteRefusal(refused, mayExtend),
        Response response when Codecs.Of(response.Operation) is { } codec =>
            WriteResponse(response, Form(codec, response, mayExtend)),
        ServerEvent serverEvent when mayExtend => WriteEvent(serverEvent),
        _ => throw new ArgumentException($"{message.GetType().Name} has no such form.", nameof(message)),
    };

    private static BinaryOutput WriteResponse(Response response, OperationCodec codec)
    {
        var output = BinaryOutput.Start(codec.Op, BodyKind.Response);
        output.Flag(true);
        codec.WriteResponse(response, output);
        return output;
    }

    private static BinaryOutput WriteEvent(ServerEvent serverEvent)
    {
        var codec = Codecs.Of(serverEvent);
        var output = BinaryOutput.Start(codec.Op, BodyKind.Event);
        codec.Write(serverEvent, output);
        return output;
    }

    private static BinaryOutput WriteRefusal(Refused refused, bool mayExtend)
    {
        var isUnreadable =
            refused.Code is ErrorCode.MalformedRequest or ErrorCode.UnknownOperation or ErrorCode.FrameTooLong;
        if (isUnreadable || Codecs.Of(refused.Operation) is not { } codec) { return WriteFailure(refused); }

        codec = Form(codec, refused, mayExtend);
        var output = BinaryOutput.Start(codec.Op, BodyKind.Response);
        output.Flag(false);
        for (var i = 0; i < codec.RefusalPadding; i++) { output.Byte(0); }
        if (codec.IsOriginal)
        {
            output.Text8(refused.Text);
        }
        else
        {
            output.Text8(WireNames<ErrorCode>.Of(refused.Code));
            output.Text16(refused.Text);
            if (refused.Since is { } since) { output.Time(since); }
            if (refused.Code is ErrorCode.RateLimited)
            {
                output.UInt32((long)(refused.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds);
            }
        }
        return output;
    }

    private static BinaryOutput WriteFailure(Refused refused)
    {
        var output = BinaryOutput.Start(FailureOp, BodyKind.Response);
        output.Text16(refused.Text);
        return output;
    }

    private static OperationCodec Form(OperationCodec codec, Response response, bool mayExtend)
    {
        if (mayExtend) { return codec.NeedsExtended(response) ? codec.Extended ?? codec : codec; }
        return codec.IsOriginal
            ? codec
            : throw new ArgumentException($"{response.GetType().Name} has no bare form.", nameof(response));
    }

    private static Refused ReadFailure(ref BinaryInput input)
    {
        var text = input.TakeText16();
        var code = Refusals.CodeOf(text);
        return new Refused(Operation.Unknown, code is ErrorCode.Other ? ErrorCode.MalformedRequest : code, text);
    }

    private static Refused ReadRefusal(OperationCodec codec, ref BinaryInput input)
    {
        for (var i = 0; i < codec.RefusalPadding; i++) { _ = input.TakeByte(); }
        if (codec.IsOriginal)
        {
            var text = input.TakeText8();
            return new Refused(codec.Operation, Refusals.CodeOf(text), text);
        }
        var code = WireNames<ErrorCode>.Parse(input.TakeText8()) ?? ErrorCode.Other;
        var refused = new Refused(codec.Operation, code, input.TakeText16());
        if (code is ErrorCode.RateLimited)
        {
            return refused with { RetryAfter = TimeSpan.FromMilliseconds(input.TakeUInt32()) };
        }
        return code is ErrorCode.AlreadyLoggedIn && codec.Operation is Operation.LogIn or Operation.Resume
            && input.Rest > 0
            ? refused with { Since = input.TakeTime(), IsExtended = true }
            : refused;
    }
}
