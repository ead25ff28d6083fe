using System.Text;

namespace JoChat.Load;

/// <summary>One question at a time, each awaited: for what comes before the load and after it.</summary>
internal sealed class Dialog : IConversation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private TaskCompletionSource<string> _answer = Answer();

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="LoadFailedException">It was refused, or the connection was lost.</exception>
    public async Task<string> AskAsync(LoadConnection connection, byte[] request)
    {
        _answer = Answer();
        connection.Send(request);
        var answer = await _answer.Task.WaitAsync(Patience);
        return answer.Contains("\"status\":\"ok\"", StringComparison.Ordinal)
            ? answer
            : throw new LoadFailedException($"The server refused: {answer}");
    }

    public void Take(ReadOnlySpan<byte> body, long now) => _answer.TrySetResult(Encoding.UTF8.GetString(body));

    public void Continue() { }

    public void Lost(string reason) =>
        _answer.TrySetException(new LoadFailedException($"The connection was lost: {reason}"));

    // The asker must not run on the socket thread.
    private static TaskCompletionSource<string> Answer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
