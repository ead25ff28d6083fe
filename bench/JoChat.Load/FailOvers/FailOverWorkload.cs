using System.Diagnostics;
using System.Globalization;
using JoChat.Testing;

namespace JoChat.Load;

/// <summary>Three nodes over PostgreSQL of which one is ended, again and again: how long its clients and those of the others
/// are not served.</summary>
/// <param name="times">How often each fault.</param>
internal sealed class FailOverWorkload(int times)
{
    private const string Database = "jochat1"; // the first that a PostgresCluster makes
    private readonly FailOverFigures _figures = new();
    private readonly List<string> _faults = [];
    private long _acknowledged;
    private int _accounts;

    public static Measurement Measure(int times, CancellationToken cancellation) => Measurement.BesideTarget(
        FormattableString.Invariant($"failover: 3 nodes over PostgreSQL, each fault {times} time(s)"),
        () => new FailOverWorkload(times).RunAsync(cancellation), FailOverFigures.Target(times));

    private async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var postgres = new PostgresCluster();
        await using var nodes = new SupervisedNodes(postgres.CreateDatabase());
        await nodes.AwaitMembersAsync(cancellation);
        for (var trial = 0; trial < times; trial++)
        {
            foreach (var fault in FailOverFigures.WriterFaults)
            {
                var epoch = Ask(postgres, "SELECT epoch FROM writer");
                await EndWriterAsync(nodes, fault, trial, cancellation);
                if (Ask(postgres, "SELECT epoch FROM writer") == epoch) { _faults.Add($"{fault.Name}: it did not write"); }
            }
            await KillGatewayAsync(nodes, trial, cancellation);
        }
        var stored = Ask(postgres, "SELECT count(*) FROM messages");
        var different = Ask(postgres, "SELECT count(DISTINCT (sender_id, content)) FROM messages");
        if (stored != _acknowledged || different != _acknowledged)
        {
            _faults.Add(FormattableString.Invariant(
                $"{_acknowledged} messages were acknowledged, {stored} are stored, {different} of them different"));
        }
        return new RunResult([.. _figures.Show()], _faults);
    }

    private async Task EndWriterAsync(
        SupervisedNodes nodes, WriterFault fault, int trial, CancellationToken cancellation)
    {
        var writer = nodes.Writer;
        var user = NextUser();
        using var sender = new SteadySender(nodes.Other(trial).Port, PersistentClient.SignUp(writer.Port, user), user);
        using var idleHere = LogIn(nodes.Other(trial), PersistentClient.SignUp(writer.Port, NextUser()));
        using var idleThere = LogIn(nodes.Other(trial + 1), PersistentClient.SignUp(writer.Port, NextUser()));
        await sender.AwaitNextAsync(cancellation);

        var faultAt = Stopwatch.GetTimestamp();
        await (fault.IsKilled ? writer.Process.KillAsync() : writer.Process.StopAsync());
        if (fault.IsRestarted) { nodes.Restart(writer); }
        await sender.AwaitNextAsync(cancellation);
        _figures.Note(fault.Name, Outage.Seconds(faultAt, sender.AcknowledgedAt));

        if (!fault.IsRestarted) { nodes.Restart(writer); }
        await nodes.AwaitMembersAsync(cancellation);
        await sender.StopAsync();
        _acknowledged += sender.AcknowledgedAt.Count;
        PersistentClient[] idle = [idleHere, idleThere];
        foreach (var client in idle) { client.Ask(Requests.CountUnread()); }
        _figures.NoteConnections(fault.Name, sender.LogIns == 1, idle.Average(client => client.LogIns == 1 ? 1 : 0));
    }

    private async Task KillGatewayAsync(SupervisedNodes nodes, int trial, CancellationToken cancellation)
    {
        var (killed, other) = (nodes.Other(trial), nodes.Other(trial + 1));
        var byToken = PersistentClient.SignUp(nodes.Writer.Port, NextUser());
        var user = NextUser();
        PersistentClient.SignUp(nodes.Writer.Port, user);
        using var one = LogIn(killed, byToken);
        using var another = LogIn(killed, Requests.LogIn(user));

        var faultAt = Stopwatch.GetTimestamp();
        await killed.Process.KillAsync();
        void Return(string name, byte[] logIn)
        {
            LogIn(other, logIn).Dispose();
            _figures.Note(name, Stopwatch.GetElapsedTime(faultAt).TotalSeconds);
        }
        await Task.WhenAll(
            Task.Run(() => Return(FailOverFigures.ByToken, byToken), cancellation),
            Task.Run(() => Return(FailOverFigures.ByPassword, Requests.LogIn(user)), cancellation));
        nodes.Restart(killed);
        await nodes.AwaitMembersAsync(cancellation);
    }

    private static PersistentClient LogIn(Node node, byte[] logIn)
    {
        var client = new PersistentClient(node.Port, logIn);
        client.LogIn();
        return client;
    }

    private string NextUser() => FormattableString.Invariant($"user{++_accounts}");

    private static long Ask(PostgresCluster postgres, string sql) =>
        long.Parse(postgres.Execute(Database, sql), CultureInfo.InvariantCulture);
}
