namespace JoChat.Actors;

/// <summary>What a client says of its typing, thinned out: for each person one state is passed on at once, and of what
/// follows soon the last, a little later. So a flood costs neither the PersistenceActor nor whom it is meant for more than
/// two events a second, and the last state always arrives.</summary>
internal sealed class TypingRelay
{
    /// <summary>How long after one state the next is passed on.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const int MostPeople = 32; // to whom a client writes within a moment; of more nothing is passed on

    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Whether a state waits to be passed on.</summary>
    public bool AnyWaits => _told.Values.Any(told => told.Waiting is not null);

    /// <summary>Takes a state.</summary>
    /// <param name="typing">The state.</param>
    /// <param name="now">On a clock that never goes back.</param>
    /// <returns>Whether it is to be passed on now.</returns>
    public bool TryPass(RelayTyping typing, TimeSpan now)
    {
        if (_told.TryGetValue(typing.RecipientKey, out var last) && now - last.At < Interval)
        {
            var isNews = typing.IsTyping != last.IsTyping;
            _told[typing.RecipientKey] = last with { Waiting = isNews ? typing : null };
            return false;
        }
        if (_told.Count >= MostPeople) { ForgetOld(now); }
        if (_told.Count >= MostPeople) { return false; }
        _told[typing.RecipientKey] = new Told(typing.IsTyping, now, Waiting: null);
        return true;
    }

    /// <summary>Takes what has waited long enough, to be passed on.</summary>
    public IReadOnlyList<RelayTyping> TakeDue(TimeSpan now)
    {
        var due = new List<RelayTyping>();
        foreach (var (recipient, told) in _told)
        {
            if (told.Waiting is not { } waiting || now - told.At < Interval) { continue; }
            _told[recipient] = new Told(waiting.IsTyping, now, Waiting: null);
            due.Add(waiting);
        }
        return due;
    }

    private void ForgetOld(TimeSpan now)
    {
        foreach (var (recipient, told) in _told)
        {
            if (told.Waiting is null && now - told.At >= Interval) { _told.Remove(recipient); }
        }
    }

    private readonly record struct Told(bool IsTyping, TimeSpan At, RelayTyping? Waiting);
}
