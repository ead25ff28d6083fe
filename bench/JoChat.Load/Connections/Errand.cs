namespace JoChat.Load;

/// <summary>Something that is to be done on the socket thread: it is, when the answer to a request has come.</summary>
internal sealed class Errand(Stage stage, Action run) : IConversation
{
    public void Take(ReadOnlySpan<byte> body, long now) => run();

    public void Continue() { }

    public void Lost(string reason) => stage.Fail($"A client was cut off: {reason}");
}
