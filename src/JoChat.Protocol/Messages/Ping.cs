namespace JoChat.Protocol;

/// <summary><c>ping</c>: ask for a sign of life.</summary>
public sealed record Ping : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Ping;
}

/// <summary>The sign of life.</summary>
public sealed record Pong : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Ping;
}

internal sealed class PingCodec() : OperationCodec<Ping, Pong>(
    Operation.Ping, "ping", new EmptyFields<Ping>(), new EmptyFields<Pong>("pong"));
