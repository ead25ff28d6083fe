using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Slows down who guesses passwords: so many wrong ones an account and an address may have at once and a
/// minute. Not thread-safe.</summary>
/// <remarks>An account that does not exist counts like one that does. Where an account has logged in from, guesses from
/// elsewhere do not count: its owner is not locked out there.</remarks>
internal sealed partial class GuessLimits(PasswordOptions options, TimeProvider time, ILogger logger)
{
    private const int MostUsual = 100_000; // addresses of accounts; then they are learnt anew
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), LinePause = TimeSpan.FromSeconds(10);

    private readonly RateLimit<string> _ofAccounts = Limit<string>(options.GuessesPerMinute, time);
    private readonly RateLimit<ClientAddress> _ofAddresses = Limit<ClientAddress>(options.AddressGuessesPerMinute, time);
    private readonly RateLimit<WorkOrigin> _ofUsual = Limit<WorkOrigin>(options.GuessesPerMinute, time);
    private readonly HashSet<WorkOrigin> _usual = [];
    private long? _toldAt;
    private int _untold;

    /// <summary>Whether an account has logged in from an address.</summary>
    public bool IsUsual(WorkOrigin origin) => _usual.Contains(origin);

    /// <summary>How long to wait before the next guess; zero if it may come.</summary>
    public TimeSpan WaitOf(WorkOrigin origin)
    {
        var ofAccount = IsUsual(origin) ? _ofUsual.WaitOf(origin) : _ofAccounts.WaitOf(origin.NameKey);
        var ofAddress = _ofAddresses.WaitOf(origin.Address);
        var wait = ofAccount > ofAddress ? ofAccount : ofAddress;
        if (wait > TimeSpan.Zero) { NoteSlowed(origin); }
        return wait;
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

    private static RateLimit<TKey> Limit<TKey>(int perMinute, TimeProvider time) where TKey : notnull =>
        new(perMinute, Minute / perMinute, time);

    private void NoteSlowed(WorkOrigin origin)
    {
        _untold++;
        if (_toldAt is { } last && time.GetElapsedTime(last) < LinePause) { return; }
        Log.GuessesSlowed(logger, _untold, JsonEncodedText.Encode(origin.NameKey).Value, origin.Address);
        (_untold, _toldAt) = (0, time.GetTimestamp());
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Warning,
            "{Count} more passwords were guessed too often and not tried, the last one of \"{Account}\" from {Address}")]
        public static partial void GuessesSlowed(ILogger logger, int count, string account, ClientAddress address);
    }
}

/// <summary>Whose password is worked on, and for whom.</summary>
/// <param name="Address">Where the client is.</param>
/// <param name="NameKey">The account, as names are compared; empty for a name that none can have.</param>
internal readonly record struct WorkOrigin(ClientAddress Address, string NameKey);
