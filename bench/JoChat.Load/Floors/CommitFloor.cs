using System.Diagnostics;
using System.Globalization;
using JoChat.Storage;

namespace JoChat.Load;

/// <summary>The same rows put into the same store on the same disk by one loop: what group commit of
/// 200 rows gives if everything else is free. The server's batches may be larger or smaller.</summary>
internal static class CommitFloor
{
    private const int BatchRows = 200;
    private static readonly string Text = NumberedText.Blank();
    private const long MostRows = 2_000_000; // a bound for the disk
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static RunResult Run(LoadOptions options, CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        using var store = SqliteChatStore.Open(folder.File("floor.db"));
        var accounts = AddAccounts(store, options.Pairs);
        Fill(store, accounts, WarmUp, new LatencyHistogram(), cancellation);

        var latencies = new LatencyHistogram();
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Of(self);
        var rows = Fill(store, accounts, options.Duration, latencies, cancellation);
        return new RunResult([.. Figures(rows, latencies, new UsageDelta(before, ProcessUsage.Of(self)))], []);
    }

    private static List<(AccountId Sender, AccountId Recipient)> AddAccounts(SqliteChatStore store, int pairs)
    {
        AccountId Add(string name) => store.AddAccount(name, name, "no password", DateTimeOffset.UnixEpoch)!.Value;

        store.Begin();
        var accounts = Enumerable.Range(0, pairs).Select(pair => pair.ToString("D4", CultureInfo.InvariantCulture))
            .Select(pair => (Add($"s{pair}"), Add($"r{pair}"))).ToList();
        store.Commit();
        return accounts;
    }

    private static long Fill(
        SqliteChatStore store, List<(AccountId Sender, AccountId Recipient)> accounts, TimeSpan duration,
        LatencyHistogram latencies, CancellationToken cancellation)
    {
        var (began, rows, id) = (Stopwatch.GetTimestamp(), 0L, store.LastMessageId.Value);
        while (Stopwatch.GetElapsedTime(began) < duration && rows < MostRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            store.Begin();
            for (var i = 0; i < BatchRows; i++, rows++)
            {
                var (sender, recipient) = accounts[(int)(rows % accounts.Count)];
                store.AddMessage(new NewMessage(
                    new MessageId(++id), sender, recipient, Text, DateTimeOffset.UnixEpoch));
            }
            store.Commit();
            latencies.Record(Stopwatch.GetTimestamp() - start);
        }
        return rows;
    }

    private static IEnumerable<Figure> Figures(long rows, LatencyHistogram latencies, UsageDelta usage)
    {
        string[] rates = ["delivered", "acknowledged", "stored"];
        string[] cpus = ["server CPU", "server CPU, storing"];
        return
        [
            .. rates.Select(name => Figure.Rate(name, rows, usage.Seconds)),
            .. Figure.Latencies("ack", latencies),
            .. Figure.Latencies("end to end", latencies),
            .. cpus.Select(name => Figure.Cpu(name, usage.ServerCpu, rows)),
            new("other CPU", "cores", usage.OtherCores),
        ];
    }
}
