namespace JoChat.Protocol;

/// <summary>An operation whose request and response have no members but the response's fixed <c>msg</c>.</summary>
internal abstract class PlainCodec<TRequest, TResponse>(Operation operation, string messageType, string text)
    : DoneCodec<TRequest, TResponse>(operation, messageType, text)
    where TRequest : Request, new()
    where TResponse : Response, new()
{
    public sealed override TRequest ReadRequest(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new TRequest();
    }

    public sealed override TRequest ReadRequest(ref BinaryInput input) => new();

    protected sealed override void Write(TRequest request, JsonOutput data) { }

    protected sealed override void Write(TRequest request, BinaryOutput output) { }
}
