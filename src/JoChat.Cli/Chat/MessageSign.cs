namespace JoChat.Cli.Chat;

/// <summary>How far a message of one's own has come, as the sign behind its line.</summary>
internal enum MessageSign
{
    /// <summary>It waits for the server's answer.</summary>
    Sending,

    /// <summary>It was not sent.</summary>
    Failed,

    /// <summary>It is stored.</summary>
    Sent,

    /// <summary>Its recipient's client has received it.</summary>
    Delivered,

    /// <summary>Its recipient has read it.</summary>
    Read,
}
