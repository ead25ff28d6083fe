using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Web.Bench;

/// <summary>Two accounts that have written to each other for months, all of it read, written to the database before the
/// server starts.</summary>
internal static class LongConversation
{
    private const int MessagesAtOnce = 10_000;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private static readonly string[] Words =
        ["on", "my", "way", "see", "you", "at", "the", "station", "bring", "bread", "and", "milk", "tomorrow"];

    /// <summary>The password of both, as it is typed in the page.</summary>
    public const string Password = Requests.Password;

    /// <summary>What a message begins with, and no other does.</summary>
    public static string TextOf(long id) => FormattableString.Invariant($"message {id}:");

    /// <summary>Writes it.</summary>
    /// <returns>The ids of the first and the last message; those between ascend by 1.</returns>
    public static (long First, long Last) Write(
        TemporaryFolder folder, string one, string other, int count, CancellationToken cancellation)
    {
        SeededAccounts.Add(folder, iterations: 1, [one, other], FromPage(Password));
        using var store = SqliteChatStore.Open(ChatServer.DatabaseIn(folder));
        var accounts = (One: Find(store, one), Other: Find(store, other));
        var (random, began) = (new Random(11), DateTimeOffset.UtcNow - count * Apart);
        var first = store.LastMessageId.Value + 1;
        for (var written = 0; written < count; written += MessagesAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            store.Begin();
            for (var i = written; i < Math.Min(count, written + MessagesAtOnce); i++)
            {
                var (sender, recipient) = random.Next(2) == 0 ? accounts : (accounts.Other, accounts.One);
                store.AddMessage(new NewMessage(
                    new MessageId(first + i), sender, recipient, Text(random, first + i), began + i * Apart));
            }
            Read(store, accounts.One, accounts.Other);
            Read(store, accounts.Other, accounts.One);
            store.Commit();
        }
        return (first, store.LastMessageId.Value);
    }

    // Of unlike heights, and some with a line break or a link, as people write.
    private static string Text(Random random, long id)
    {
        var words = Enumerable.Range(0, random.Next(1, random.Next(2, 60))).Select(_ => random.Next(40) switch
        {
            0 => "\n",
            1 => FormattableString.Invariant($"https://example.org/{id}"),
            _ => Words[random.Next(Words.Length)],
        });
        return $"{TextOf(id)} {string.Join(' ', words)}";
    }

    private static void Read(SqliteChatStore store, AccountId reader, AccountId sender)
    {
        store.AdvanceWatermark(reader, store.LastMessageId);
        store.MarkReadThrough(reader, sender, store.LastMessageId, MessagesAtOnce);
    }

    // Pages send a digest in place of the password.
    private static string FromPage(string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    private static AccountId Find(SqliteChatStore store, string name) =>
        store.FindAccount(Username.Fold(name))?.Id ?? throw new LoadFailedException($"there is no {name}");
}
