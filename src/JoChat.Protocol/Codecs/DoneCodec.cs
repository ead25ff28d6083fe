namespace JoChat.Protocol;

/// <summary>An operation whose response has no members but the fixed <c>msg</c>.</summary>
internal abstract class DoneCodec<TRequest, TResponse>(Operation operation, string messageType, string text)
    : OperationCodec<TRequest, TResponse>(operation, messageType)
    where TRequest : Request
    where TResponse : Response, new()
{
    public sealed override TResponse? ReadResponse(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new TResponse();
    }

    public sealed override TResponse? ReadResponse(ref BinaryInput input)
    {
        if (IsOriginal) { _ = input.TakeText8(); }
        return new TResponse();
    }

    protected sealed override void Write(TResponse response, JsonOutput data) => data.Member("msg"u8, text);

    protected sealed override void Write(TResponse response, BinaryOutput output)
    {
        if (IsOriginal) { output.Text8(text); }
    }
}
