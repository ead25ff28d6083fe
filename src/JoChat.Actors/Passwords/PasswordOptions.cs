namespace JoChat.Actors;

/// <summary>How much work a password is, and how much of that work is done at once.</summary>
public sealed record PasswordOptions
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA512 for a new hash, ≥ 1; OWASP advises 210,000. A password hashed with
    /// fewer is hashed anew at its next login.</summary>
    public int Iterations { get; init; } = 210_000;

    /// <summary>How many passwords are worked on at a time, ≥ 1. Each takes one core for some tens of
    /// milliseconds.</summary>
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many sign-ups and logins may wait for a worker, ≥ 0; the next one is refused as busy.</summary>
    public int QueueLimit { get; init; } = 500;

    /// <summary>How many wrong passwords an account may be given a minute, ≥ 1, after as many at once.</summary>
    public int GuessesPerMinute { get; init; } = 10;

    /// <summary>How many wrong passwords an address may give a minute, ≥ 1, after as many at once.</summary>
    public int AddressGuessesPerMinute { get; init; } = 60;
}
