using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The account that a session is bound to, and by what right: with this the session binds again to another
/// writer.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">Its name.</param>
/// <param name="LiveAfter">The newest message there was at the login: the account's messages above it are live, the
/// others were sent while it was away. In a side session all were.</param>
/// <param name="Kept">The login whose resume token it came with or got; null if none.</param>
internal sealed record SessionLogin(AccountId Id, string Username, MessageId LiveAfter, LoginId? Kept)
{
    // In milliseconds: as there are as many logins as sessions.
    private readonly long _provenAt, _since;

    /// <summary>What tells the account's password from those before and after: see <see cref="MarkOf"/>.</summary>
    public long PasswordMark { get; init; }

    /// <summary>When the password was given: for this session, or for the login whose token it came with.</summary>
    public DateTimeOffset ProvenAt
    {
        get => DateTimeOffset.FromUnixTimeMilliseconds(_provenAt);
        init => _provenAt = value.ToUnixTimeMilliseconds();
    }

    /// <summary>Since when the session is bound. No other of the account's sessions has the same.</summary>
    public DateTimeOffset Since
    {
        get => DateTimeOffset.FromUnixTimeMilliseconds(_since);
        init => _since = value.ToUnixTimeMilliseconds();
    }

    /// <summary>The login of a session that was bound.</summary>
    public static SessionLogin Of(SessionBegun begun) =>
        new(begun.Account.Id, begun.Account.Username, begun.LiveAfter, begun.Kept)
        {
            PasswordMark = MarkOf(begun.Account.PasswordHash),
            ProvenAt = begun.ProvenAt,
            Since = begun.Since,
        };

    /// <summary>Stands for a password hash where only a change matters: 64 bits of its SHA-256.</summary>
    public static long MarkOf(string passwordHash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }

    /// <summary>The same when its own session has changed the password, which revokes the logins that were kept.</summary>
    public SessionLogin WithPassword(string hash) => this with { PasswordMark = MarkOf(hash), Kept = null };
}
