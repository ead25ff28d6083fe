using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JoChat.Load;

/// <summary>Accounts that are written to the database before the server starts: thousands of sign-ups would take long
/// and are not measured.</summary>
internal static class SeededAccounts
{
    private static readonly TimeSpan Expiry = TimeSpan.FromDays(30);

    /// <summary>Names of the same length: a letter and a number.</summary>
    public static IReadOnlyList<string> Names(char letter, int count) =>
        [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{letter}{i:D6}"))];

    /// <summary>Adds accounts with a password and a resume token each.</summary>
    /// <param name="folder">Where the server's database is, or will be; no server may use it.</param>
    /// <param name="iterations">The rounds of the password hash. The server hashes a password anew if that is less
    /// than it wants.</param>
    /// <param name="names">Their names.</param>
    /// <param name="password">Their password, as their clients send it.</param>
    public static void Add(
        TemporaryFolder folder, int iterations, IEnumerable<string> names, string password = Requests.Password)
    {
        var hasher = new PasswordHasher<object>(
            Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        var hash = hasher.HashPassword(hasher, password); // for all: only its check is measured
        var now = DateTimeOffset.UtcNow;
        using var store = SqliteChatStore.Open(ChatServer.DatabaseIn(folder));
        store.Begin();
        foreach (var name in names)
        {
            var account = store.AddAccount(name, Username.Fold(name), hash, now)!.Value;
            var token = TokenOf(name);
            var kept = SHA256.HashData(Encoding.UTF8.GetBytes(token));
            store.AddLogin(new NewLogin(account, token[..16], kept, now + Expiry, new TokenUse(now)), keep: 1);
        }
        store.Commit();
    }

    /// <summary>The token with which an account of these resumes.</summary>
    public static string TokenOf(string name) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
