namespace JoChat.Load;

/// <summary>Runs something on the socket thread: when the answer to a request arrives.</summary>
internal sealed class AnswerCallback(LoadState state, Action run) : IConversation
{
    public void Take(ReadOnlySpan<byte> body, long now) => run();

    public void Continue() { }

    public void Lost(string reason) => state.Fail($"A client was cut off: {reason}");
}
