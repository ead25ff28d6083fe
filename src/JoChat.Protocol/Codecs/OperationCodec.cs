using System.Text;

namespace JoChat.Protocol;

/// <summary>How one operation stands on the wire: the members of its request and of its response.</summary>
internal abstract class OperationCodec(Operation operation, string messageType)
{
    private readonly byte[] _utf8MessageType = Encoding.UTF8.GetBytes(messageType);

    public Operation Operation { get; } = operation;

    /// <summary>The <c>msg_type</c> of the request and of its response.</summary>
    public ReadOnlySpan<byte> MessageType => _utf8MessageType;

    /// <summary>Reads the members of a request's <c>data</c>, which <paramref name="data"/> has entered. The result
    /// counts only if the input has no fault.</summary>
    public abstract Request ReadRequest(ref JsonInput data);

    public abstract void WriteRequest(Request request, JsonOutput data);

    /// <summary>Reads the members of an <c>ok</c> response's <c>data</c>; null if a needed one is missing.</summary>
    public abstract Response? ReadResponse(ref JsonInput data);

    /// <summary>Writes everything of an <c>ok</c> response's <c>data</c> but its <c>status</c>.</summary>
    public abstract void WriteResponse(Response response, JsonOutput data);
}

/// <summary>An operation without a response.</summary>
internal abstract class OperationCodec<TRequest>(Operation operation, string messageType)
    : OperationCodec(operation, messageType)
    where TRequest : Request
{
    public sealed override void WriteRequest(Request request, JsonOutput data) => Write((TRequest)request, data);

    public abstract override TRequest ReadRequest(ref JsonInput data);

    public override Response? ReadResponse(ref JsonInput data) => null;

    public override void WriteResponse(Response response, JsonOutput data) =>
        throw new ArgumentException($"{Operation} has no response.", nameof(response));

    protected abstract void Write(TRequest request, JsonOutput data);
}

/// <summary>An operation with a response.</summary>
internal abstract class OperationCodec<TRequest, TResponse>(Operation operation, string messageType)
    : OperationCodec<TRequest>(operation, messageType)
    where TRequest : Request
    where TResponse : Response
{
    public sealed override void WriteResponse(Response response, JsonOutput data) => Write((TResponse)response, data);

    public abstract override TResponse? ReadResponse(ref JsonInput data);

    protected abstract void Write(TResponse response, JsonOutput data);
}
