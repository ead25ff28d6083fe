using System.Diagnostics.CodeAnalysis;

namespace JoChat.Actors;

/// <summary>Password work that waits. Sign-ups, work for accounts from where they have logged in before and all other
/// take turns; among each the addresses do; at one address its accounts do. So nobody waits for all that another has
/// asked, and who comes from many addresses is not in the way of those who come back. Not thread-safe.</summary>
/// <remarks>It is searched from end to end: the work itself takes a thousand times as long.</remarks>
/// <param name="limit">How much may wait, ≥ 0.</param>
internal sealed class FairQueue(Changeable<int> limit)
{
    private readonly List<WaitingWork> _waiting = []; // in the order of arrival
    private readonly Dictionary<Flow, long> _lastTurns = [];
    private long _turn;

    /// <summary>How much waits.</summary>
    public int Count => _waiting.Count;

    /// <summary>Adds work.</summary>
    /// <returns>What has no room for it: the newest of who has most waiting, which may be the work itself; null if there
    /// was room.</returns>
    public WaitingWork? Add(WaitingWork work)
    {
        _waiting.Add(work);
        if (_waiting.Count <= limit.Value) { return null; }
        var displaced = _waiting.Find(piece => piece.HasLeft) ?? NewestOfMost();
        _waiting.Remove(displaced);
        return displaced;
    }

    /// <summary>Takes the work whose turn it is. That of askers who have left comes behind all other.</summary>
    public bool TryTake([NotNullWhen(true)] out WaitingWork? next)
    {
        next = _waiting.MinBy(piece => (
            piece.HasLeft, LastTurn(piece.Kind), LastTurn(piece.Place), LastTurn(piece.Account)));
        if (next is null) { return false; }
        _waiting.Remove(next);
        NoteTurn(next);
        return true;
    }

    /// <summary>Notes that somebody has had a turn.</summary>
    public void NoteTurn(WaitingWork work)
    {
        if (_lastTurns.Count > 4 * (limit.Value + 1)) { Forget(); }
        _turn++;
        foreach (var flow in (ReadOnlySpan<Flow>)[work.Kind, work.Place, work.Account]) { _lastTurns[flow] = _turn; }
    }

    /// <summary>The work that somebody waits for; null if there is none.</summary>
    public WaitingWork? Find(IActorRef asker) => _waiting.Find(piece => piece.Asker.Equals(asker));

    public void Remove(WaitingWork work) => _waiting.Remove(work);

    private WaitingWork NewestOfMost()
    {
        var kind = _waiting.GroupBy(piece => piece.Kind).MaxBy(each => each.Count())!;
        return kind.GroupBy(piece => piece.Place).MaxBy(each => each.Count())!.Last();
    }

    private long LastTurn(Flow flow) => _lastTurns.GetValueOrDefault(flow);

    private void Forget()
    {
        foreach (var (flow, last) in _lastTurns.ToArray())
        {
            if (last < _turn - limit.Value) { _lastTurns.Remove(flow); }
        }
    }
}

/// <summary>Work and who waits for it.</summary>
/// <param name="Asker">Who waits.</param>
/// <param name="Work">The work.</param>
/// <param name="IsUsual">Whether the account has logged in from this address before.</param>
internal sealed record WaitingWork(IActorRef Asker, PasswordWork Work, bool IsUsual)
{
    /// <summary>Whether the client has ended its input: it may be gone.</summary>
    public bool HasLeft { get; set; }

    public Flow Kind => new(
        Work is HashPassword { IsSignUp: true } ? WorkKind.SignUp : IsUsual ? WorkKind.Usual : WorkKind.Other,
        default, null);

    public Flow Place => Kind with { Address = Work.Origin.Address };

    public Flow Account => Place with { NameKey = Work.Origin.NameKey };
}

/// <summary>What takes turns with its like.</summary>
internal readonly record struct Flow(WorkKind Kind, ClientAddress Address, string? NameKey);

/// <summary>Kinds of password work that take turns.</summary>
internal enum WorkKind
{
    SignUp,
    Usual,
    Other,
}
