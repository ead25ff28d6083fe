using System.Text;

namespace JoChat.Protocol;

/// <summary>How one operation stands on the wire, in both encodings: its request and its response.</summary>
internal abstract class OperationCodec(Operation operation, string messageType)
{
    /// <summary>The last op of the original, whose texts are short and which alone have a bare form.</summary>
    public const byte LastOriginalOp = 11;

    private readonly byte[] _utf8MessageType = Encoding.UTF8.GetBytes(messageType);

    public Operation Operation { get; } = operation;

    /// <summary>The <c>msg_type</c> of the request and of its response.</summary>
    public ReadOnlySpan<byte> MessageType => _utf8MessageType;

    /// <summary>The <c>op</c> of the binary request and of its response.</summary>
    public virtual byte Op => (byte)Operation;

    /// <summary>Whether the original has this binary form.</summary>
    public bool IsOriginal => Op <= LastOriginalOp;

    /// <summary>The longer of two binary forms, if this is the shorter.</summary>
    public virtual OperationCodec? Extended => null;

    /// <summary>How many zeros stand between <c>ok</c> and the text of a binary refusal, in bytes.</summary>
    public virtual int RefusalPadding => 0;

    /// <summary>Reads the members of a request's <c>data</c>, which <paramref name="data"/> has entered. The result
    /// counts only if the input has no fault.</summary>
    public abstract Request ReadRequest(ref JsonInput data);

    public abstract void WriteRequest(Request request, JsonOutput data);

    /// <summary>Reads the members of an <c>ok</c> response's <c>data</c>; null if a needed one is missing.</summary>
    public abstract Response? ReadResponse(ref JsonInput data);

    /// <summary>Writes everything of an <c>ok</c> response's <c>data</c> but its <c>status</c>.</summary>
    public abstract void WriteResponse(Response response, JsonOutput data);

    /// <summary>Reads the fields of a request. The result counts only if the input has no fault and is not short.
    /// </summary>
    public abstract Request ReadRequest(ref BinaryInput input);

    public abstract void WriteRequest(Request request, BinaryOutput output);

    /// <summary>Reads the fields of a response behind <c>ok</c>. The result counts only if the input has no fault and
    /// is not short.</summary>
    public abstract Response? ReadResponse(ref BinaryInput input);

    /// <summary>Writes the fields of a response behind <c>ok</c>.</summary>
    public abstract void WriteResponse(Response response, BinaryOutput output);

    /// <summary>Whether the request has what only the longer form can carry.</summary>
    public virtual bool NeedsExtended(Request request) => false;

    /// <summary>Whether the response has what only the longer form can carry, or answers that form.</summary>
    public virtual bool NeedsExtended(Response response) => response.IsExtended;
}

/// <inheritdoc cref="OperationCodec"/>
internal abstract class OperationCodec<TRequest, TResponse>(
    Operation operation, string messageType, MessageFields<TRequest> request, MessageFields<TResponse>? response)
    : OperationCodec(operation, messageType)
    where TRequest : Request
    where TResponse : Response
{
    public sealed override Request ReadRequest(ref JsonInput data) => request.Read(ref data)!;

    public sealed override void WriteRequest(Request message, JsonOutput data) =>
        request.Write((TRequest)message, data);

    public sealed override Response? ReadResponse(ref JsonInput data) => response?.Read(ref data);

    public sealed override void WriteResponse(Response message, JsonOutput data) =>
        (response ?? throw HasNone()).Write((TResponse)message, data);

    public sealed override Request ReadRequest(ref BinaryInput input) => request.Read(ref input)!;

    public sealed override void WriteRequest(Request message, BinaryOutput output) =>
        request.Write((TRequest)message, output);

    public sealed override Response? ReadResponse(ref BinaryInput input) => response?.Read(ref input);

    public sealed override void WriteResponse(Response message, BinaryOutput output) =>
        (response ?? throw HasNone()).Write((TResponse)message, output);

    private ArgumentException HasNone() => new($"{Operation} has no response.");
}
