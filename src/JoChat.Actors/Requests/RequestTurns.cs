using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Whose turn it is: one client's requests are begun and answered in the order they came.</summary>
/// <remarks>One request is in flight at a time, with one exception: sends follow each other without waiting, so that a
/// burst of them shares one commit. Each that is begun gets a number, ascending from 1, which its answer names; answers
/// may come in any order and leave in the order asked.</remarks>
internal sealed class RequestTurns
{
    private const int MaxIdleSlots = 2; // what an idle connection keeps

    private readonly record struct Slot(ClientRequest Request, Response? Response);

    // Requests, and last the end of the input. One alone, as most are, needs no memory of its own.
    private object? _next;
    private Queue<object>? _others;

    private Slot[] _slots = []; // a ring: in flight, oldest first
    private int _oldest;
    private int _count;
    private long _oldestNumber = 1;

    public bool HasInFlight => _count > 0;

    public bool HasWaiting => _next is not null;

    /// <summary>Whether a request is the next, and not the end of the input.</summary>
    public bool HasRequestWaiting => _next is ClientRequest;

    /// <summary>Whether what is next needs no writer: a ping, or the end of the input.</summary>
    public bool NextNeedsNoWriter => _next is InputEnded or ClientRequest { Request: Ping };

    /// <summary>The number of <see cref="Oldest"/>.</summary>
    public long OldestNumber => _oldestNumber;

    /// <summary>The request that is in flight alone, or the oldest of several sends.</summary>
    public Request? Oldest => HasInFlight ? _slots[_oldest].Request.Request : null;

    /// <summary>Puts a request, or the end of the input, behind all others.</summary>
    public void Enqueue(object input)
    {
        if (_next is null) { _next = input; }
        else { (_others ??= new Queue<object>()).Enqueue(input); }
    }

    /// <summary>Takes what may begin now.</summary>
    /// <param name="sendsMayFollow">Whether a send need not wait for the sends before it.</param>
    /// <param name="input">A <see cref="ClientRequest"/>, or <see cref="InputEnded"/>.</param>
    public bool TryTakeNext(bool sendsMayFollow, out object input)
    {
        input = null!;
        if (_next is null) { return false; }
        if (HasInFlight && !(sendsMayFollow && Oldest is SendMessage && IsSend(_next))) { return false; }
        input = _next;
        if (_others is null || !_others.TryDequeue(out _next)) { (_next, _others) = (null, null); }
        return true;
    }

    /// <summary>Begins a request.</summary>
    /// <returns>Its number.</returns>
    public long Begin(ClientRequest request)
    {
        if (_count == _slots.Length) { Grow(); }
        At(_count) = new Slot(request, null);
        return _oldestNumber + _count++;
    }

    /// <summary>The request in flight with this number; null if there is none.</summary>
    public Request? Find(long number) => IsInFlight(number) ? At((int)(number - _oldestNumber)).Request.Request : null;

    /// <summary>Notes a request's answer. One for a request that is not in flight is ignored.</summary>
    public void Complete(long number, Response response)
    {
        if (!IsInFlight(number)) { return; }
        ref var slot = ref At((int)(number - _oldestNumber));
        slot = slot with { Response = response };
    }

    /// <summary>Takes the oldest request, if it is answered.</summary>
    public bool TryTakeAnswered(out ClientRequest request, out Response response)
    {
        (request, response) = (null!, null!);
        if (!HasInFlight || _slots[_oldest].Response is not { } answer) { return false; }
        (request, response) = (_slots[_oldest].Request, answer);
        _slots[_oldest] = default;
        _oldest = (_oldest + 1) % _slots.Length;
        _oldestNumber++;
        if (--_count == 0 && _slots.Length > MaxIdleSlots) { (_slots, _oldest) = ([], 0); }
        return true;
    }

    /// <summary>Drops what has not begun.</summary>
    public void DropWaiting() => (_next, _others) = (null, null);

    private static bool IsSend(object input) => input is ClientRequest { Request: SendMessage };

    private bool IsInFlight(long number) => number >= _oldestNumber && number < _oldestNumber + _count;

    private ref Slot At(int place) => ref _slots[(_oldest + place) % _slots.Length];

    private void Grow()
    {
        var larger = new Slot[Math.Max(1, 2 * _slots.Length)];
        for (var i = 0; i < _count; i++) { larger[i] = At(i); }
        (_slots, _oldest) = (larger, 0);
    }
}
