namespace JoChat.Protocol;

/// <summary><c>hello</c>: say who the client is and which features it wants. May be sent at any time, also not at all.</summary>
/// <param name="Client">The client's name and version, for the server's log; null if it gave none.</param>
/// <param name="Features">What it wants; names unknown to this server are left out.</param>
public sealed record Hello(string? Client, Features Features) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Hello;
}

/// <summary>The answer to <see cref="Hello"/>.</summary>
/// <param name="Server">The server's name and version.</param>
/// <param name="Features">Those wanted features that the connection now has.</param>
/// <param name="MaxFrameBytes">Longest frame body the server accepts, in bytes.</param>
public sealed record Welcome(string Server, Features Features, int MaxFrameBytes) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Hello;
}

/// <summary>What a connection can ask for beyond the original protocol.</summary>
[Flags]
public enum Features
{
    /// <summary>Nothing: an original client.</summary>
    None = 0,

    /// <summary><c>push</c>: messages arrive by themselves as <see cref="MessageArrived"/>. A message counts as
    /// delivered once it is written to the socket.</summary>
    Push = 1,
}
