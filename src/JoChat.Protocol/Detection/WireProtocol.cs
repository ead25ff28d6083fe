namespace JoChat.Protocol;

/// <summary>What a connection speaks, as its first bytes tell.</summary>
public enum WireProtocol
{
    /// <summary>Too few bytes to tell.</summary>
    Undecided,

    /// <summary>Frames with JSON bodies.</summary>
    Json,

    /// <summary>Frames with binary bodies.</summary>
    Binary,

    /// <summary>The original's binary bodies without frames.</summary>
    Bare,

    /// <summary>A TLS handshake; inside it one of the others begins anew.</summary>
    Tls,

    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>Nothing that a server understands.</summary>
    Unknown,
}
