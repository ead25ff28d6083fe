namespace JoChat.Protocol;

/// <summary>What <see cref="FrameReader"/> found at the start of a buffer.</summary>
public enum FrameStatus
{
    /// <summary>A whole frame.</summary>
    Complete,

    /// <summary>The beginning of a frame, or nothing; more bytes are needed.</summary>
    Incomplete,

    /// <summary>A frame whose announced length is over the limit. Where the next one begins is unknown: the connection
    /// must be closed.</summary>
    TooLong,
}
