namespace JoChat.Actors;

/// <summary>Slows down who guesses passwords: so many wrong ones an account and an address may have at once and a
/// minute. Not thread-safe.</summary>
/// <remarks>An account that does not exist counts like one that does. Where an account has logged in from, guesses from
/// elsewhere do not count: its owner is not locked out there.</remarks>
internal sealed class GuessLimits(Changeable<PasswordOptions> options, TimeProvider time)
{
    private const int MostUsual = 100_000; // addresses of accounts; then they are learnt anew
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit<string> _ofAccounts = Limit<string>(options.Of(of => of.GuessesPerMinute), time);
    private readonly RateLimit<ClientAddress> _ofAddresses =
        Limit<ClientAddress>(options.Of(of => of.AddressGuessesPerMinute), time);
    private readonly RateLimit<WorkOrigin> _ofUsual = Limit<WorkOrigin>(options.Of(of => of.GuessesPerMinute), time);
    private readonly HashSet<WorkOrigin> _usual = [];

    /// <summary>Whether an account has logged in from an address.</summary>
    public bool IsUsual(WorkOrigin origin) => _usual.Contains(origin);

    /// <summary>How long to wait before the next guess; zero if it may come.</summary>
    public TimeSpan WaitOf(WorkOrigin origin)
    {
        var ofAccount = IsUsual(origin) ? _ofUsual.WaitOf(origin) : _ofAccounts.WaitOf(origin.NameKey);
        var ofAddress = _ofAddresses.WaitOf(origin.Address);
        return ofAccount > ofAddress ? ofAccount : ofAddress;
    }

    /// <summary>Takes a guess that may come, which counts as wrong until <see cref="NoteRight"/>.</summary>
    public void Take(WorkOrigin origin)
    {
        if (IsUsual(origin)) { _ofUsual.Take(origin); }
        else { _ofAccounts.Take(origin.NameKey); }
        _ofAddresses.Take(origin.Address);
    }

    /// <summary>A guess that was taken was right.</summary>
    public void NoteRight(WorkOrigin origin)
    {
        _ofAddresses.GiveBack(origin.Address);
        if (IsUsual(origin))
        {
            _ofUsual.GiveBack(origin);
            return;
        }
        _ofAccounts.GiveBack(origin.NameKey);
        NoteUsual(origin);
    }

    /// <summary>The account has logged in from there.</summary>
    public void NoteUsual(WorkOrigin origin)
    {
        if (_usual.Count == MostUsual) { _usual.Clear(); }
        _usual.Add(origin);
    }

    private static RateLimit<TKey> Limit<TKey>(Changeable<int> perMinute, TimeProvider time) where TKey : notnull =>
        new(perMinute.Of(most => new Rate(most, Minute / most)), time);
}

/// <summary>Whose password is worked on, and for whom.</summary>
/// <param name="Address">Where the client is.</param>
/// <param name="NameKey">The account, as names are compared; empty for a name that none can have.</param>
internal readonly record struct WorkOrigin(ClientAddress Address, string NameKey);
