using Microsoft.AspNetCore.Identity;

namespace JoChat.Gateway.Tests;

/// <summary>Says of a slow hash whether a password is right.</summary>
internal sealed class PasswordHasherProbe
{
    private readonly PasswordHasher<object> _hasher = new();

    public bool IsRight(string hash, string password) =>
        _hasher.VerifyHashedPassword(this, hash, password) is not PasswordVerificationResult.Failed;

    /// <summary>Whether it is one.</summary>
    public static bool IsHash(string hash) => Convert.FromBase64String(hash) is [1, ..] and { Length: > 40 };
}
