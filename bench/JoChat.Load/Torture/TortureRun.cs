using System.Diagnostics;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>One run: sign up the accounts, kill and cut, then stop the faults and wait until everything is delivered;
/// then judge.</summary>
internal sealed class TortureRun
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3); // for a loaded machine; never a measure
    private const int PasswordChangers = 2, AccountDeleters = 4;
    private readonly TortureOptions _options;
    private readonly Counts _counts = new();
    private readonly Ledger _ledger;
    private readonly ClientKind[] _kinds;

    private TortureRun(TortureOptions options)
    {
        _options = options;
        _kinds = ClientKind.Mixed(options.Clients);
        _ledger = new Ledger(_kinds
            .Where(kind => kind.Receiving == Receiving.PushAndAck).Select(kind => kind.Name).ToHashSet());
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="LoadFailedException">It could not be completed: the server did not start again, or
    /// never answered.</exception>
    public static async Task<TortureReport> RunAsync(TortureOptions options, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder(options.Folder);
        var run = new TortureRun(options);
        await using var server = run.Server(folder.Path);
        return await run.RunAsync(server, cancellation);
    }

    private IServerUnderTorture Server(string folder) => _options.Nodes is Nodes.None
        ? new TorturedServer(
            folder, _options.OnPostgres ? new PostgresUnderTorture() : null, _options.IsDurable, _counts, NoteFault)
        : new TorturedCluster(folder, _options, _counts, () => _ledger.Stored, NoteFault);

    private void NoteFault(string fault) => _ledger.NoteFinding(Finding.Fault, fault);

    private async Task<TortureReport> RunAsync(IServerUnderTorture server, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var torture = new TortureState(server, _ledger, _counts, _kinds);
        TortureClient[] clients =
            [.. _kinds.Select((kind, index) => new TortureClient(kind, torture, Randomness(index + 1)))];
        string? endedEarly = null;
        try
        {
            await TortureAsync(torture, clients, cancellation);
        }
        catch (Exception fault) when (
            fault is LoadFailedException or TimeoutException or IOException or SocketException)
        {
            endedEarly = fault.Message;
            NoteFault(fault.Message);
        }
        if (endedEarly is null) { server.Judge(); } // else there may be nothing to look at any more
        var tally = _ledger.Judge(out var findings);
        return new TortureReport(_options, tally, findings, _counts, clock.Elapsed)
        {
            LeftOut = server.LeftOut,
            EndedEarly = endedEarly,
        };
    }

    private async Task TortureAsync(
        TortureState torture, TortureClient[] clients, CancellationToken cancellation)
    {
        await torture.Server.StartAsync(cancellation);
        SequentialClient[] changing = [.. SequentialClients(torture, 'p', 0, PasswordChangers)];
        SequentialClient[] deleting = [.. SequentialClients(torture, 'd', PasswordChangers, AccountDeleters)];
        SequentialClient[] following = [.. SideClients(torture)];
        InboxFollower[] followers = [.. following.Select(
            side => new InboxFollower(side, clients.First(client => client.Kind.Name == side.Name).Password))];
        var group = new DeletedAccounts([.. deleting.Select(client => client.Name)]);
        await SignUpAsync(torture,
        [
            .. clients.Select(client => new SignUp(client.Kind.Name, client.Password)),
            .. changing.Select(client => new SignUp(client.Name, PasswordChanger.FirstPassword(client.Name))),
        ], cancellation);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] running =
        [
            .. clients.Select(client => client.RunAsync(stop.Token)),
            .. changing.Select(client => new PasswordChanger(client).RunAsync(stop.Token)),
            .. deleting.Select(client => new AccountDeleter(client, group).RunAsync(stop.Token)),
            .. followers.Select(follower => follower.RunAsync(stop.Token)),
        ];
        try
        {
            await HarmAsync(torture.Server, running, stop.Token);
            torture.End();
            await torture.Server.HealAsync(stop.Token);
            await FinishAsync(clients, running, stop.Token);
            await Task.WhenAll(followers.Select(follower => follower.FinishAsync(stop.Token)));
            await Task.WhenAll(clients.Select(client => new FinalCheck(client).RunAsync(stop.Token)));
        }
        finally
        {
            await stop.CancelAsync(); // ends whatever still runs; its outcome was awaited above
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var client in changing.Concat(deleting).Concat(following)) { client.Dispose(); }
        }
    }

    private static async Task SignUpAsync(
        TortureState torture, IEnumerable<SignUp> accounts, CancellationToken cancellation)
    {
        using var socket = await FrameSocket.ConnectAsync(
            torture.Server.PickAddress(Random.Shared), isBinary: false, cancellation);
        var requests = new SequentialRequests(socket, _ => Task.CompletedTask);
        foreach (var account in accounts) { await requests.DemandAsync<SignedUp>(account, cancellation); }
    }

    private IEnumerable<SequentialClient> SequentialClients(TortureState torture, char letter, int first, int count) =>
        Enumerable.Range(0, count).Select(index => new SequentialClient(
            torture, FormattableString.Invariant($"{letter}{index}"), isBinary: index % 2 == 1,
            Randomness(_kinds.Length + 1 + first + index)));

    // Beside the accounts to which nothing is owed by push: what a follower marks as delivered is not pushed any more.
    private IEnumerable<SequentialClient> SideClients(TortureState torture) => _kinds
        .Where(kind => kind.Receiving != Receiving.PushAndAck)
        .Select((kind, index) => new SequentialClient(
            torture, kind.Name, isBinary: index % 2 == 1,
            Randomness(_kinds.Length + 1 + PasswordChangers + AccountDeleters + index)));

    private async Task HarmAsync(
        IServerUnderTorture server, Task[] running, CancellationToken cancellation)
    {
        var (random, clock) = (Randomness(0), Stopwatch.StartNew());
        for (var round = 0; !_options.IsEnough(clock.Elapsed, _counts.Of(Count.Kill), _counts.Cuts); round++)
        {
            await server.HarmAsync(round, random, cancellation);
            if (Array.Find(running, client => client.IsCompleted) is { } ended) { await ended; }
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{clock.Elapsed.TotalSeconds:F0} s: {_counts.Of(Count.Kill)} kills, {_counts.Cuts} cuts"));
        }
    }

    // The server works: as long as something is answered now and then, it is only slow.
    private static async Task FinishAsync(
        TortureClient[] clients, Task[] running, CancellationToken cancellation)
    {
        var all = Task.WhenAll(running);
        var (left, since) = (int.MaxValue, Stopwatch.StartNew());
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(PollInterval, cancellation));
            var now = clients.Sum(client => client.Outbox.Count);
            if (now < left) { (left, since) = (now, Stopwatch.StartNew()); }
            if (since.Elapsed > Timeout) { throw new LoadFailedException($"{left} sends are not answered"); }
        }
        await all;
    }

    private Random Randomness(int of) => new(unchecked((_options.Seed * 1_000_003) + of));
}
