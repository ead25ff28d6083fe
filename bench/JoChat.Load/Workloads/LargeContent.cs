using JoChat.Storage;

namespace JoChat.Load;

/// <summary>Fills a database as use would: most accounts talk with a few others, and a few with very many.</summary>
/// <remarks>Three accounts are there in every size. <see cref="Usual"/> has 20 conversations of 10 messages.
/// <see cref="Busy"/> has a tenth of all messages, with a hundredth of the accounts, or with as many as there are.
/// <see cref="Away"/> has a twentieth of all messages, none of which it has received.</remarks>
internal static class LargeContent
{
    public const string Usual = "usual", Busy = "busy", Away = "away";
    private const int MessagesAtOnce = 10_000;
    private const int UsualFriends = 20, UsualMessages = 10;

    private static readonly string[] First =
        ["ada", "bob", "carla", "dmitri", "elena", "farid", "greta", "hiro", "ines", "jonas", "kofi", "lena", "mina",
         "noor", "olga", "pedro", "rosa", "sven", "tara", "yuki"];

    private static readonly string[] Last =
        ["bauer", "costa", "dubois", "eriksen", "fischer", "garcia", "horvat", "ivanov", "jansen", "kowalski", "larsen",
         "moreau", "novak", "okafor", "petrov", "rossi", "santos", "tanaka", "weber", "zhang"];

    /// <summary>Adds accounts and messages to a store that has the three accounts already.</summary>
    public static void Fill(string path, LargeSize size, CancellationToken cancellation)
    {
        using var store = SqliteChatStore.Open(path);
        var random = new Random(7);
        var (usual, busy, away) = (Find(store, Usual), Find(store, Busy), Find(store, Away));
        var others = AddAccounts(store, size.Accounts);
        for (var written = 0; written < size.Messages; written += MessagesAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            store.Begin();
            for (var i = written; i < Math.Min(size.Messages, written + MessagesAtOnce); i++)
            {
                Add(store, i < UsualFriends * UsualMessages
                    ? Turned(usual, others[i % UsualFriends], i / UsualFriends)
                    : AnyPair(random, others, busy, away));
            }
            store.AdvanceWatermark(usual, store.LastMessageId);
            store.AdvanceWatermark(busy, store.LastMessageId);
            store.Commit();
        }
    }

    private static (AccountId, AccountId) AnyPair(Random random, AccountId[] others, AccountId busy, AccountId away)
    {
        // The cube: a few of the accounts write most.
        var one = (int)(Math.Pow(random.NextDouble(), 3) * others.Length);
        var friend = others[(one + 1 + random.Next(10)) % others.Length];
        return random.Next(20) switch
        {
            0 or 1 => Turned(busy, others[random.Next(BusyFriends(others.Length))], random.Next(2)),
            2 => (others[one], away),
            _ => (others[one], friend),
        };
    }

    private static (AccountId, AccountId) Turned(AccountId one, AccountId other, int turn) =>
        turn % 2 == 0 ? (one, other) : (other, one);

    private static void Add(SqliteChatStore store, (AccountId Sender, AccountId Recipient) pair)
    {
        var id = store.LastMessageId.Value + 1;
        var content = FormattableString.Invariant($"message {id} ").PadRight(100, '.');
        store.AddMessage(new NewMessage(
            new MessageId(id), pair.Sender, pair.Recipient, content, DateTimeOffset.UnixEpoch.AddMilliseconds(id)));
    }

    private static AccountId[] AddAccounts(SqliteChatStore store, int count)
    {
        var accounts = new AccountId[count];
        store.Begin();
        for (var i = 0; i < count; i++)
        {
            var name = NameOf(i);
            accounts[i] = store.AddAccount(name, name.ToUpperInvariant(), "nobody logs in", DateTimeOffset.UnixEpoch)
                ?? throw new LoadFailedException($"{name} is there already");
        }
        store.Commit();
        return accounts;
    }

    /// <summary>With how many of the accounts, the first ones, <see cref="Busy"/> talks.</summary>
    public static int BusyFriends(int accounts) => Math.Max(150, accounts / 100);

    public static string NameOf(int number) => FormattableString.Invariant(
        $"{First[number % First.Length]}.{Last[number / First.Length % Last.Length]}{number / 50}x{number % 50}");

    private static AccountId Find(SqliteChatStore store, string name) =>
        store.FindAccount(name.ToUpperInvariant())?.Id ?? throw new LoadFailedException($"there is no {name}");
}
