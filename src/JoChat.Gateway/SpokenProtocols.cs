namespace JoChat.Gateway;

/// <summary>What connections may speak.</summary>
internal enum SpokenProtocols
{
    /// <summary>Whatever the first bytes of each connection tell.</summary>
    Auto,

    /// <summary>Frames of JSON only.</summary>
    Json,

    /// <summary>Frames of the binary encoding only; not the bare form of original clients.</summary>
    Binary,
}
