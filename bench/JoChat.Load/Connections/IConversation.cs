namespace JoChat.Load;

/// <summary>Handles what a connection receives. All of it runs on the one socket thread.</summary>
internal interface IConversation
{
    /// <summary>A frame came.</summary>
    /// <param name="body">Borrowed for this call.</param>
    /// <param name="now">When the read returned that brought it, as <c>Stopwatch.GetTimestamp</c>.</param>
    void Take(ReadOnlySpan<byte> body, long now);

    /// <summary>All frames of one read were handled, or a write completed: more can be sent.</summary>
    void Continue();

    /// <summary>The connection was closed or reset by the peer.</summary>
    void Lost(string reason);
}
