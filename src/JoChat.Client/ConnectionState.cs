namespace JoChat.Client;

/// <summary>Whether a <see cref="JoChatClient"/> has its connection.</summary>
public enum ConnectionState
{
    /// <summary>Connected, and logged in if it was before; or nobody is logged in and the next request connects.
    /// </summary>
    Connected,

    /// <summary>The connection of somebody who is logged in is lost and is being made anew.</summary>
    Reconnecting,

    /// <summary>For good: disposed, or what ended it cannot be mended. Requests say what.</summary>
    Closed,
}
