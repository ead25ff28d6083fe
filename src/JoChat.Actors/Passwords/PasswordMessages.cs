using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Asks for work on a password.</summary>
internal abstract record PasswordWork(Secret Password);

/// <summary>Make a new hash. Answered by <see cref="PasswordHashed"/>.</summary>
internal sealed record HashPassword(Secret Password) : PasswordWork(Password);

/// <summary>Compare with a hash; null, as for an unknown user, takes the same time and fails. Answered by
/// <see cref="PasswordVerified"/>.</summary>
internal sealed record VerifyPassword(string? Hash, Secret Password) : PasswordWork(Password);

/// <summary>The hash asked for.</summary>
internal sealed record PasswordHashed(string Hash);

/// <summary>Whether the password was right.</summary>
/// <param name="IsRight">It was.</param>
/// <param name="BetterHash">A new hash to store, if the old one was made with too few iterations.</param>
internal sealed record PasswordVerified(bool IsRight, string? BetterHash);

/// <summary>The queue is full; nothing was done.</summary>
internal sealed class PasswordWorkRefused
{
    public static PasswordWorkRefused Instance { get; } = new();

    private PasswordWorkRefused() { }
}
