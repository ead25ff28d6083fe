namespace JoChat.Protocol;

/// <summary>What <see cref="BareReader"/> found at the start of a buffer.</summary>
public enum BareStatus
{
    /// <summary>A whole message, readable or not: where the next one begins is known.</summary>
    Complete,

    /// <summary>The beginning of a message, or nothing; more bytes are needed.</summary>
    Incomplete,

    /// <summary>No message, or one that is too long. Where the next one begins is unknown: the connection must be
    /// closed.</summary>
    Malformed,
}
