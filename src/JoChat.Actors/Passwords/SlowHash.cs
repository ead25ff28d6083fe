using JoChat.Protocol;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JoChat.Actors;

/// <summary>Salted, slow hashes of passwords, by ASP.NET Core Identity's <see cref="PasswordHasher{TUser}"/>. Safe to
/// call from any thread; each call takes a core for as long as the iterations need.</summary>
internal sealed class SlowHash
{
    private readonly PasswordHasher<Nobody> _hasher;
    private readonly string _nobodysHash;

    public SlowHash(int iterations)
    {
        _hasher = new PasswordHasher<Nobody>(
            Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodysHash = Hash(new Secret(Guid.NewGuid().ToString()));
    }

    /// <summary>Does a piece of password work and gives its answer.</summary>
    public Reply Do(PasswordWork work) => work switch
    {
        HashPassword hash => new PasswordHashed(hash.Request, Hash(hash.Password)),
        VerifyPassword verify => Verify(verify),
        _ => throw new InvalidOperationException($"{work.GetType().Name} is no password work."),
    };

    private string Hash(Secret password) => _hasher.HashPassword(Nobody.Instance, password.Value);

    // A null hash, as for an unknown user, takes the same time and fails.
    private PasswordVerified Verify(VerifyPassword verify)
    {
        var verdict = _hasher.VerifyHashedPassword(
            Nobody.Instance, verify.Hash ?? _nobodysHash, verify.Password.Value);
        var isRight = verify.Hash is not null && verdict is not PasswordVerificationResult.Failed;
        var isOutdated = isRight && verdict is PasswordVerificationResult.SuccessRehashNeeded;
        return new PasswordVerified(verify.Request, isRight, isOutdated ? Hash(verify.Password) : null);
    }

    // PasswordHasher asks for a user, and ignores it.
    private sealed class Nobody
    {
        public static Nobody Instance { get; } = new();
    }
}
