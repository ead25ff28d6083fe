namespace JoChat.Client;

/// <summary>Whether a <see cref="JoChatClient"/> has its connection.</summary>
public enum ConnectionState
{
    /// <summary>Connected, and logged in if it was before; or not logged in, and the next request connects.
    /// </summary>
    Connected,

    /// <summary>The connection is lost while logged in, and the client is reconnecting.</summary>
    Reconnecting,

    /// <summary>Final: disposed, or ended for a reason that reconnecting cannot cure. Requests throw that
    /// reason.</summary>
    Closed,
}
