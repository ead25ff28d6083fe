using System.Buffers.Binary;
using System.Security.Cryptography;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JoChat.Actors;

/// <summary>Salted, slow hashes of passwords, by ASP.NET Core Identity's <see cref="PasswordHasher{TUser}"/>. Safe to
/// call from any thread; each call takes a core for as long as the iterations need.</summary>
/// <remarks>
/// <para>A wrong password takes the same work whether there is such an account or not, and however its hash was made: what
/// its own hash leaves of the most rounds in use is done beside it. So accounts that have not logged in since a hash was
/// given more rounds, or fewer, cannot be told by the time from others, nor from names that nobody has.</para>
/// <para>How many rounds that is, is looked up at the start, or told when the writer is found. Hashes that are upgraded later
/// do not lower it until the next start. It cannot hide what is no hashing: a row is found or not, which takes microseconds. Hashes of other programs, with
/// another function than HMAC-SHA512, take another time a round.</para>
/// </remarks>
internal sealed class SlowHash
{
    private readonly PasswordHasher<Nobody> _hasher;
    private readonly string _nobodysHash;
    private int _mostRounds;
    private long _rounds;

    /// <param name="iterations">The rounds of a new hash, ≥ 1.</param>
    /// <param name="inUse">How those that are there begin, see <see cref="IChatStore.FindHashKinds"/>.</param>
    public SlowHash(int iterations, IEnumerable<string> inUse)
    {
        _hasher = new PasswordHasher<Nobody>(
            Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodysHash = Hash(new Secret(Guid.NewGuid().ToString()));
        _mostRounds = iterations;
        NoteInUse(inUse);
    }

    /// <summary>How many rounds were computed so far to verify passwords.</summary>
    public long VerifyingRounds => Interlocked.Read(ref _rounds);

    /// <summary>Takes note of how more hashes that are there begin.</summary>
    public void NoteInUse(IEnumerable<string> kinds)
    {
        var most = kinds.Select(RoundsOf).DefaultIfEmpty().Max();
        int before;
        do { before = Volatile.Read(ref _mostRounds); }
        while (most > before && Interlocked.CompareExchange(ref _mostRounds, most, before) != before);
    }

    /// <summary>Does a piece of password work and gives its answer.</summary>
    public Reply Do(PasswordWork work) => work switch
    {
        HashPassword hash => new PasswordHashed(hash.Request, Hash(hash.Password)),
        VerifyPassword verify => Verify(verify),
        _ => throw new InvalidOperationException($"{work.GetType().Name} is no password work."),
    };

    /// <summary>A new hash of a password.</summary>
    public string Hash(Secret password) => _hasher.HashPassword(Nobody.Instance, password.Value);

    private PasswordVerified Verify(VerifyPassword verify)
    {
        var hash = DisabledHash.WithoutMarks(verify.Hash ?? _nobodysHash);
        var rounds = RoundsOf(hash);
        var verdict = _hasher.VerifyHashedPassword(Nobody.Instance, hash, verify.Password.Value);
        Interlocked.Add(ref _rounds, rounds);
        if (verify.Hash is null || verdict is PasswordVerificationResult.Failed)
        {
            FillUp(verify.Password, Volatile.Read(ref _mostRounds) - rounds);
            return new PasswordVerified(verify.Request, IsRight: false, BetterHash: null);
        }
        var isOutdated = verdict is PasswordVerificationResult.SuccessRehashNeeded;
        return new PasswordVerified(verify.Request, IsRight: true, isOutdated ? Hash(verify.Password) : null);
    }

    // At least one, so that this takes its time even where nothing is left.
    private void FillUp(Secret password, int rounds)
    {
        rounds = Math.Max(1, rounds);
        Span<byte> salt = stackalloc byte[128 / 8], key = stackalloc byte[256 / 8]; // as PasswordHasher has them
        salt.Clear();
        Rfc2898DeriveBytes.Pbkdf2(password.Value, salt, key, rounds, HashAlgorithmName.SHA512);
        Interlocked.Add(ref _rounds, rounds);
    }

    // PasswordHasher's third format begins with a 1, the function (4 bytes) and the rounds (4 bytes), in base64.
    private static int RoundsOf(string hash)
    {
        Span<byte> head = stackalloc byte[9];
        return hash.Length >= IChatStore.HashKindLength
            && Convert.TryFromBase64Chars(hash.AsSpan(0, IChatStore.HashKindLength), head, out _)
            && head[0] == 1
            ? BinaryPrimitives.ReadInt32BigEndian(head[5..])
            : 0;
    }

    // PasswordHasher asks for a user, and ignores it.
    private sealed class Nobody
    {
        public static Nobody Instance { get; } = new();
    }
}
