using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A request on its way, from the caller's hand to the server's answer.</summary>
/// <param name="request">What is asked.</param>
internal sealed class PendingRequest(Request request)
{
    // Continuations run elsewhere: they are the caller's code and would hold up the reading of the socket.
    private readonly TaskCompletionSource<Response> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Request Request => request;

    /// <summary>The server's answer, refusals included; faults if the connection ends first.</summary>
    public Task<Response> Answer => _answer.Task;

    /// <summary>Whether the caller has stopped waiting. It keeps its place in the line once it is written: its answer
    /// still comes and must not be taken for the next one's.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    /// <summary>Whether a response can be the answer. Original servers echo no id, and what a server cannot read it
    /// refuses without one.</summary>
    public bool IsAnsweredBy(Response response) =>
        (response is Refused || response.Operation == request.Operation)
        && (response.Id is null || response.Id == request.Id);

    public void Complete(Response response) => _answer.TrySetResult(response);

    public void Fail(ConnectionLostException loss) => _answer.TrySetException(loss);

    public void Abandon() => _answer.TrySetCanceled();
}
