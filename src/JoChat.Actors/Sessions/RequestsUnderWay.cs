using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>The requests that are begun and not answered, in their order. It is mostly one or none, and then it needs
/// no memory of its own.</summary>
/// <remarks>Mutable struct, to live inside the session; never copied.</remarks>
internal struct RequestsUnderWay
{
    private const int LargestKept = 256;
    private Request? _oldest;
    private Queue<Request>? _others;

    public readonly bool IsEmpty => _oldest is null;

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public readonly Request Oldest => _oldest ?? throw new InvalidOperationException("No request is under way.");

    public void Add(Request request)
    {
        if (_oldest is null) { _oldest = request; }
        else { (_others ??= new Queue<Request>()).Enqueue(request); }
    }

    /// <summary>Takes the oldest out.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Request Take()
    {
        var oldest = Oldest;
        _oldest = null;
        if (_others is null) { return oldest; }
        if (_others.TryDequeue(out var next)) { _oldest = next; }
        else if (_others.Capacity > LargestKept) { _others = null; }
        return oldest;
    }
}
