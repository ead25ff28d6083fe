using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Load;

/// <summary>Pairs that chat, with a server as it is shipped: alone, and beside each attack.</summary>
internal sealed class AttackWorkload(LoadOptions options)
{
    private const int Pairs = 10, ConversationsEach = 100, MessagesEach = 100, MessagesAtOnce = 10_000;

    private static readonly IReadOnlyList<string> Attacks =
        [AttackCrowd.Mix, .. AccountAttacks.All.Keys, .. GuestAttacks.All.Keys];

    private readonly LoadState _state = new();

    public static Measurement Measure(LoadOptions options, CancellationToken cancellation) => new(
        FormattableString.Invariant($"attack: {AttackCrowd.Accounts} accounts and {AttackCrowd.Guests} guests, ")
            + FormattableString.Invariant($"{options.Connections} accounts in the database"),
        ["alone", .. Attacks], () => new AttackWorkload(options).RunAsync(cancellation));

    private async Task<IReadOnlyList<RunResult>> RunAsync(CancellationToken cancellation)
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
        var results = new List<RunResult> { await MeasureAsync(server, pairs, attack: null, cancellation) };
        foreach (var attack in Attacks) { results.Add(await MeasureAsync(server, pairs, attack, cancellation)); }
        await pairs.EndAsync(cancellation);
        results[0] = results[0] with { Faults = _state.Faults };
        return results;
    }

    private async Task<RunResult> MeasureAsync(
        ChatServer server, BackgroundPairs pairs, string? attack, CancellationToken cancellation)
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
        return new RunResult(
            [
                .. Figure.Latencies("others", latencies),
                Figure.Memory("server memory", delta.To.MemoryBytes),
                new("server CPU", "cores", delta.ServerCpu / delta.Seconds),
            ], []);
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
