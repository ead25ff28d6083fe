using System.Text;

namespace JoChat.Load;

/// <summary>One request at a time, each awaited: to set the load up and to check it afterwards.</summary>
internal sealed class RequestReply : IConversation
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private TaskCompletionSource<string> _answer = Answer();

    /// <summary>Sends a request and awaits its response.</summary>
    /// <exception cref="LoadFailedException">It was refused, or the connection was lost.</exception>
    public async Task<string> AskAsync(LoadConnection connection, byte[] request)
    {
        _answer = Answer();
        connection.Send(request);
        var answer = await _answer.Task.WaitAsync(Timeout);
        return answer.Contains("\"status\":\"ok\"", StringComparison.Ordinal)
            ? answer
            : throw new LoadFailedException($"The server refused: {answer}");
    }

    public void Take(ReadOnlySpan<byte> body, long now) => _answer.TrySetResult(Encoding.UTF8.GetString(body));

    public void Continue() { }

    public void Lost(string reason) =>
        _answer.TrySetException(new LoadFailedException($"The connection was lost: {reason}"));

    // The caller must not resume on the socket thread.
    private static TaskCompletionSource<string> Answer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
