using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A request on its way, from the caller's hand to the server's answer, over several connections if need be.
/// </summary>
internal sealed class PendingRequest
{
    private static long _lastNumber;

    private readonly Request _request;
    private readonly Action<Response>? _onAnswer;

    // Continuations run elsewhere: they are the caller's code and would hold up the reading of the socket.
    private readonly TaskCompletionSource<Response> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Encodes a request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="onAnswer">Called with the answer before any later message is taken; must not wait.</param>
    /// <exception cref="RefusedException">The encoding has no form for it.</exception>
    public PendingRequest(Request request, WireEncoding encoding, Action<Response>? onAnswer = null)
    {
        var number = Interlocked.Increment(ref _lastNumber).ToString(CultureInfo.InvariantCulture);
        _request = HasAnswer(request) ? request with { Id = new RequestId(number) } : request;
        _onAnswer = onAnswer;
        Frame = encoding.Encode(_request);
    }

    /// <summary>What is written.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    public Operation Operation => _request.Operation;

    /// <summary>Whether it outlives its connection: sending it twice does no more than once.</summary>
    public bool IsLasting => _request is SendMessage { ClientId: not null };

    /// <summary>Whether the server answers it.</summary>
    public bool IsAnswered => HasAnswer(_request);

    /// <summary>The server's answer, refusals included; faults if there will be none.</summary>
    public Task<Response> Answer => _answer.Task;

    /// <summary>Whether the caller has stopped waiting. It keeps its place in the line once it is written: its answer
    /// still comes and must not be taken for the next one's.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    /// <summary>Whether a response can be the answer. Original servers echo no id, and what a server cannot read it
    /// refuses without one.</summary>
    public bool IsAnsweredBy(Response response) =>
        (response is Refused || response.Operation == _request.Operation)
        && (response.Id is null || response.Id == _request.Id);

    public void Complete(Response response)
    {
        _onAnswer?.Invoke(response);
        _answer.TrySetResult(response);
    }

    public void Fail(JoChatException failure)
    {
        _answer.TrySetException(failure);
        _ = _answer.Task.Exception; // seen: of a ping nobody else waits for it
    }

    public void Abandon() => _answer.TrySetCanceled();

    private static bool HasAnswer(Request request) => request is not Acknowledge;
}
