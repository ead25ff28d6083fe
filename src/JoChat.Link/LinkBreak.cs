namespace JoChat.Link;

/// <summary>Why a link broke.</summary>
public enum LinkBreak
{
    /// <summary>It is whole.</summary>
    None,

    /// <summary>A frame did not follow the one before it: some were lost, or came twice or out of order.</summary>
    Gap,

    /// <summary>Nothing was heard for too long.</summary>
    Silence,

    /// <summary>Far more was put in than the other end takes: its owner does not ask for credit.</summary>
    Overfull,

    /// <summary>A frame was none, or broke the rules: the other end is of another version, or wrong.</summary>
    Malformed,

    /// <summary>Its owner ended it.</summary>
    Ended,
}
