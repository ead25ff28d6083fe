namespace JoChat.Load;

/// <summary>What is said on a connection. Everything is called by the one socket thread.</summary>
internal interface IConversation
{
    /// <summary>A frame came.</summary>
    /// <param name="body">Borrowed for this call.</param>
    /// <param name="now">When the read returned that brought it, as <c>Stopwatch.GetTimestamp</c>.</param>
    void Take(ReadOnlySpan<byte> body, long now);

    /// <summary>Every frame of one read was taken, or the socket took what was being sent.</summary>
    void Continue();

    /// <summary>The connection ended though nobody here ended it.</summary>
    void Lost(string reason);
}
