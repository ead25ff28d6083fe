namespace JoChat.Gateway;

/// <summary>What a <see cref="WireFormat"/> found at the start of a connection's bytes.</summary>
internal enum ReadStatus
{
    /// <summary>A whole request, readable or not.</summary>
    Complete,

    /// <summary>The beginning of a request, or nothing; more bytes are needed.</summary>
    Incomplete,

    /// <summary>Something too long, or nothing that can be understood. Where the next request begins is unknown: the
    /// connection must be closed once this is answered.</summary>
    Broken,
}
