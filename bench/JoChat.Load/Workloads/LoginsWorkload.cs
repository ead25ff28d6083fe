using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Load;

/// <summary>Logins with a wrong password, of each kind of account and of none, in random order on one connection: whether
/// their bytes are the same, and whether their times are.</summary>
internal sealed class LoginsWorkload(LoadOptions options, int rounds)
{
    private const int WarmUps = 2_000, NamesOfAKind = 50, Seed = 4711;

    private static readonly string[] Kinds =
        ["unknown", "wrong", "dormant", "of fewer rounds", "of more rounds", "deleted", "blocked"];

    public static RunResult Target { get; } = new(
        [.. Pairs().Select(pair => new Figure(NameOf(pair), "t", WelchTest.Least))], []);

    public string Title => FormattableString.Invariant($"logins: {options.Messages} with a wrong password, {rounds} rounds");

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        Fill(folder);
        await using var server = await ChatServer.StartForGuessesAsync(folder, rounds);
        using var client = new BlockingClient(server.Port);
        var faults = new List<string>();
        var random = new Random(Seed);
        for (var i = 0; i < WarmUps; i++) { LogIn(client, random, out _); }

        var times = Kinds.Select(_ => new List<double>()).ToArray();
        var first = LogIn(client, random, out _);
        for (var i = 0; i < options.Messages; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = LogIn(client, random, out var kind);
            if (answer != first) { faults.Add($"{Kinds[kind]} was answered {answer}, and another {first}"); }
            times[kind].Add(Figure.Milliseconds(client.Elapsed));
        }
        var compared = Compare(times);
        faults.AddRange(compared
            .Where(pair => pair.Value >= WelchTest.Least).Select(pair => $"{pair.Name} can be told by their times"));
        return new RunResult(
            [.. Kinds.Select((kind, i) => new Figure(kind, "ms", times[i].Average())), .. compared],
            [.. faults.Take(20)]);
    }

    // Of all times, and without the slowest tenth, which other load on the machine makes; the larger t counts.
    private static List<Figure> Compare(List<double>[] times)
    {
        var all = times.SelectMany(each => each).Order().ToList();
        var slow = all[all.Count * 9 / 10];
        var usual = times.Select(each => each.FindAll(time => time < slow)).ToArray();
        return
        [
            .. Pairs().Select(pair => new Figure(NameOf(pair), "t", Math.Max(
                WelchTest.T(times[pair.One], times[pair.Other]), WelchTest.T(usual[pair.One], usual[pair.Other])))),
        ];
    }

    // Names of the same length, so that nothing but the account differs.
    private static string LogIn(BlockingClient client, Random random, out int kind)
    {
        kind = random.Next(Kinds.Length);
        return client.AskForText(Requests.Frame("login", new
        {
            username = Name(kind, random.Next(NamesOfAKind)),
            password = "a wrong password",
        }));
    }

    private static string Name(int kind, int number) => FormattableString.Invariant($"{(char)('a' + kind)}{number:D6}");

    private void Fill(TemporaryFolder folder)
    {
        Add("wrong", rounds);
        Add("dormant", Math.Max(1, rounds / 2));
        Add("of fewer rounds", 1);
        Add("of more rounds", 2 * rounds);
        Add("deleted", rounds);
        Add("blocked", rounds);
        using var store = SqliteChatStore.Open(ChatServer.DatabaseIn(folder));
        store.Begin();
        foreach (var name in NamesOf("deleted"))
        {
            var key = Username.Fold(name);
            store.DeleteAccount(store.FindAccount(key)!.Id);
            store.HoldName(name, key, DateTimeOffset.UtcNow.AddDays(30));
        }
        foreach (var (by, who) in KeysOf("wrong").Zip(KeysOf("blocked")))
        {
            store.Block(store.FindAccount(by)!.Id, store.FindAccount(who)!.Id, most: 10);
        }
        store.Commit();

        void Add(string kind, int iterations) => SeededAccounts.Add(folder, iterations, NamesOf(kind));
    }

    private static IEnumerable<string> NamesOf(string kind) =>
        Enumerable.Range(0, NamesOfAKind).Select(i => Name(Array.IndexOf(Kinds, kind), i));

    private static IEnumerable<string> KeysOf(string kind) => NamesOf(kind).Select(Username.Fold);

    private static IEnumerable<(int One, int Other)> Pairs() =>
        from one in Enumerable.Range(0, Kinds.Length)
        from other in Enumerable.Range(one + 1, Kinds.Length - one - 1)
        select (one, other);

    private static string NameOf((int One, int Other) pair) => $"{Kinds[pair.One]}, {Kinds[pair.Other]}";
}
