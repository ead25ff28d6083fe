using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A request from the call to the server's answer, over several connections if need be.</summary>
internal sealed class PendingRequest
{
    private static long _lastNumber;

    private readonly Request _request;
    private readonly Action<Response>? _onAnswer;

    // Continuations run on the thread pool: they are the caller's code and would block the read loop.
    private readonly TaskCompletionSource<Response> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Encodes a request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="onAnswer">Called with the answer before any later message is handled; must not block.</param>
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

    /// <summary>The text it carries to somebody; null if it is no message.</summary>
    public string? Text => (_request as SendMessage)?.Content;

    /// <summary>Whether it may be sent again on another connection: it stores nothing new the second time.</summary>
    public bool IsIdempotent => _request is SendMessage { ClientId: not null };

    /// <summary>Whether the server answers it.</summary>
    public bool IsAnswered => HasAnswer(_request);

    /// <summary>The server's answer, refusals included; faults if none can come.</summary>
    public Task<Response> Answer => _answer.Task;

    /// <summary>Whether the caller has stopped waiting. Once written it stays in flight: its answer still comes and
    /// must not be taken for the next request's.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    /// <summary>Whether a response can be the answer. Original servers echo no id, and a request that the server cannot
    /// read is refused without one.</summary>
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
        _ = _answer.Task.Exception; // observed: nobody awaits the answer to a ping
    }

    public void Abandon() => _answer.TrySetCanceled();

    private static bool HasAnswer(Request request) => request is not Acknowledge;
}
