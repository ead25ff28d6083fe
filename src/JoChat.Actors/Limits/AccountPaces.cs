using System.Collections.Concurrent;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The paces of those who ask something: of accounts, each shared by all sessions of it, and of guests.
/// </summary>
/// <param name="options">Of accounts.</param>
/// <param name="time">The clock.</param>
/// <param name="strain">By which accounts are slowed.</param>
internal sealed class AccountPaces(Changeable<PaceOptions> options, TimeProvider time, Strain strain)
{
    private const int MostKept = 100_000; // then those that are as new are forgotten

    private readonly ConcurrentDictionary<AccountId, Pace> _paces = [];

    /// <summary>The pace of an account.</summary>
    public Pace Of(AccountId account)
    {
        if (_paces.Count >= MostKept) { ForgetWhole(); }
        return _paces.GetOrAdd(account, _ => new Pace(options, time, strain));
    }

    /// <summary>The pace of a guest's connection, which has it for itself.</summary>
    public Pace OfGuest() => new(PaceOptions.OfGuests, time);

    private void ForgetWhole()
    {
        foreach (var (account, pace) in _paces)
        {
            if (pace.IsWhole) { _paces.TryRemove(account, out _); }
        }
    }
}
