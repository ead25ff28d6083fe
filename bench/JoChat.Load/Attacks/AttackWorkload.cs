using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Load;

/// <summary>Pairs that chat, with a server as it is shipped: alone, and beside each attack.</summary>
internal sealed class AttackWorkload(LoadOptions options)
{
    private const int Pairs = 10, ConversationsEach = 100, MessagesEach = 100, MessagesAtOnce = 10_000;

    private static readonly IReadOnlyList<string> Attacks = [.. AccountAttacks.All.Keys, .. GuestAttacks.All.Keys];

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(3); // so that each attack is measured alone

    private readonly LoadState _state = new();

    public static Measurement Measure(LoadOptions options, CancellationToken cancellation) => new(
        FormattableString.Invariant($"attack: {AttackCrowd.Accounts} accounts and {AttackCrowd.Guests} guests, ")
            + FormattableString.Invariant($"{options.Connections} accounts in the database"),
        ["JoChat"], async () => [await new AttackWorkload(options).RunAsync(cancellation)]);

    private async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        SeededAccounts.Add(
            folder, iterations: 1, [LargeContent.Usual, LargeContent.Busy, LargeContent.Away, .. AttackCrowd.Names]);
        LargeContent.Fill(
            ChatServer.DatabaseIn(folder), new LargeSize(options.Connections, options.Connections), cancellation);
        FillForAttackers(ChatServer.DatabaseIn(folder));

        await using var server = await ChatServer.StartAsShippedAsync(folder);
        await using var pairs = new BackgroundPairs(_state);
        await pairs.StartAsync(server, Pairs);
        var figures = new List<Figure>(await MeasureAsync(server, pairs, "alone", attack: null, cancellation));
        // Twice: the first second in a new process is also that of the compiler.
        var main = options.Attack ?? AttackCrowd.Mix;
        (string Name, string Attack)[] attacks =
        [
            ($"{main}, at first", main),
            .. options.Attack is null ? Attacks.Select(attack => (attack, attack)) : [],
            (main, main),
        ];
        foreach (var (name, attack) in attacks)
        {
            figures.AddRange(await MeasureAsync(server, pairs, name, attack, cancellation));
            await Task.Delay(Recovery, cancellation);
        }
        await pairs.EndAsync(cancellation);
        figures.AddRange(await MeasureBesideAsync(server, main, cancellation));
        return new RunResult(figures, _state.Faults);
    }

    // What the attack takes from everybody on the machine, since the attackers share its cores: the pairs chat on a
    // server of their own.
    private async Task<IReadOnlyList<Figure>> MeasureBesideAsync(
        ChatServer attacked, string attack, CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        await using var own = await ChatServer.StartAsShippedAsync(folder);
        await using var pairs = new BackgroundPairs(_state);
        await pairs.StartAsync(own, Pairs);
        var figures = await MeasureAsync(attacked, pairs, $"{attack}, on a server beside", attack, cancellation);
        await pairs.EndAsync(cancellation);
        return figures;
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        ChatServer server, BackgroundPairs pairs, string name, string? attack, CancellationToken cancellation)
    {
        var attackers = attack is null ? null : ServerProcess.Start(
            "jochat-load.dll", ["attackers", server.Port.ToString(CultureInfo.InvariantCulture), attack]);
        var usage = ProcessUsage.Of(server.Process);
        var latencies = await pairs.MeasureAsync(() => Task.Delay(options.Duration, cancellation), cancellation);
        var delta = new UsageDelta(usage, ProcessUsage.Of(server.Process));
        if (attackers is not null)
        {
            await attackers.KillAsync();
            await attackers.DisposeAsync();
        }
        return
        [
            .. Figure.Latencies($"{name}: others", latencies),
            Figure.Memory($"{name}: server memory", delta.To.MemoryBytes),
            new($"{name}: server CPU", "cores", delta.ServerCpu / delta.Seconds),
        ];
    }

    // To each of them a hundred people have written, and none of it is read.
    private static void FillForAttackers(string path)
    {
        using var store = SqliteChatStore.Open(path);
        AccountId[] others =
        [
            .. Enumerable.Range(0, ConversationsEach)
                .Select(i => store.FindAccount(Username.Fold(LargeContent.NameOf(i)))!.Id),
        ];
        foreach (var name in AttackCrowd.Names)
        {
            var attacker = store.FindAccount(Username.Fold(name))!.Id;
            store.Begin();
            for (var i = 0; i < ConversationsEach * MessagesEach; i++)
            {
                store.AddMessage(new NewMessage(
                    new MessageId(store.LastMessageId.Value + 1), others[i % others.Length], attacker,
                    new string('m', 200), DateTimeOffset.UnixEpoch));
                if (i % MessagesAtOnce != MessagesAtOnce - 1) { continue; }
                store.Commit();
                store.Begin();
            }
            store.Commit();
        }
    }
}
