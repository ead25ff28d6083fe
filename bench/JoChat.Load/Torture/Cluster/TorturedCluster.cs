using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>Nodes of a cluster with their PostgreSQL, in a network of their own. One fault at a time; after each, a send must be
/// acknowledged.</summary>
internal sealed class TorturedCluster : IServerUnderTorture
{
    // For a loaded machine, and thirty seconds of a fault that is over; never a measure.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100), Calm = TimeSpan.FromSeconds(15);

    private readonly TortureOptions _options;
    private readonly Counts _counts;
    private readonly Func<int> _stored;
    private readonly Action<string> _noteFault;
    private readonly NodeNetwork? _network; // null: there is none, and nodes cannot be parted
    private readonly PostgresUnderTorture? _postgres;
    private readonly DatabaseRelay? _relay;
    private readonly ClusterNodes _nodes;
    private ClusterFault[]? _kinds; // in the order of this run
    private volatile CurrentLife _life = new(1);

    public TorturedCluster(
        string folder, TortureOptions options, Counts counts, Func<int> stored, Action<string> noteFault)
    {
        (_options, _counts, _stored, _noteFault) = (options, counts, stored, noteFault);
        if (!options.IsFenced && !NodeNetwork.IsOwn) { throw new LoadFailedException($"--fencing off: {NodeNetwork.Needs}"); }
        _network = NodeNetwork.IsOwn ? new NodeNetwork(ClusterNodes.CountOf(options.Nodes)) : null;
        if (options.OnPostgres)
        {
            _postgres = new PostgresUnderTorture(isReplicated: true);
            _relay = new DatabaseRelay(
                IPAddress.Parse(_network is null ? "127.0.0.1" : NodeNetwork.DatabaseHost), () => _postgres.Port,
                () => counts.Add(Count.DatabaseCut));
        }
        var storage = _postgres?.SettingsBy(_relay!.Address, options.IsFenced);
        _nodes = new ClusterNodes(folder, options, _network, storage, counts, noteFault);
    }

    public CurrentLife Life
    {
        get => _life;
        private set => _life = value;
    }

    public IReadOnlyList<string> LeftOut =>
        _network is null ? [$"partitions: {NodeNetwork.Needs}"] : [];

    public IPEndPoint PickAddress(Random random) => _nodes.PickAddress(random);

    public async Task StartAsync(CancellationToken cancellation)
    {
        _nodes.Start();
        await AwaitServiceAsync(cancellation);
        if (_postgres is not null) { Audit.Install(_postgres, _options.IsFenced); }
    }

    public async Task HarmAsync(int round, Random random, CancellationToken cancellation)
    {
        if (_kinds is null) { random.Shuffle(_kinds = [.. Enum.GetValues<ClusterFault>().Where(IsPossible)]); }
        var next = ClusterRound.Next(round, random, _kinds, mayBeShort: _options.IsFenced);
        if (next.Settles) { await SettleAsync(cancellation); }
        await Task.Delay(next.After, cancellation);
        Life = new CurrentLife(Life.Number, Life.Phase + 1)
        {
            MayRefuseWrites = true,
            MayRefuseReads = true,
            MayLoseWriter = true,
        };
        Console.Error.WriteLine(FormattableString.Invariant($"{next.Fault} for {next.For.TotalSeconds:F1} s"));
        using (Begin(next)) { await Task.Delay(next.For, cancellation); }
        await AwaitProgressAsync(next.Fault, cancellation);
        await AwaitServiceAsync(cancellation);
    }

    public Task HealAsync(CancellationToken cancellation) => SettleAsync(cancellation);

    public void Judge()
    {
        if (_postgres is null) { return; }
        var (batches, lower) = Audit.Judge(_postgres);
        if (batches == 0) { _noteFault("no batch was audited"); }
        if (lower > 0) { _noteFault($"{lower} batches or claims, of {batches} batches, were of a lower epoch than one before"); }
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        if (_relay is not null) { await _relay.DisposeAsync(); }
        _postgres?.Dispose();
        _network?.Dispose();
    }

    private bool IsPossible(ClusterFault fault) => fault switch
    {
        _ when !_options.IsFenced => fault is ClusterFault.WriterPauseApart, // who writes on where it was given up
        ClusterFault.PairPart or ClusterFault.WriterPart or ClusterFault.GatewayPart or ClusterFault.OneWayPart
            or ClusterFault.WriterPauseApart => _network is not null,
        ClusterFault.DatabasePart => _network is not null && _postgres is not null,
        >= ClusterFault.DatabaseKill => _postgres is not null,
        _ => true,
    };

    private IDisposable Begin(ClusterRound round) => round.Fault switch
    {
        ClusterFault.DatabaseKill => _postgres!.Begin(StorageFault.DatabaseKill, _counts)!,
        ClusterFault.DatabasePause => _postgres!.Begin(StorageFault.DatabasePause, _counts)!,
        ClusterFault.ConnectionsEnd => _postgres!.Begin(StorageFault.ConnectionsEnd, _counts)!,
        ClusterFault.DatabaseCuts => CutDatabase(),
        ClusterFault.SlowDatabase => SlowDatabase(TimeSpan.FromMilliseconds(10 + (round.Pick % 290))),
        ClusterFault.Promotion => Promote(),
        _ => _nodes.Begin(round),
    };

    private OnDispose CutDatabase()
    {
        _relay!.Cuts = true;
        return new OnDispose(() => _relay.Cuts = false);
    }

    private OnDispose SlowDatabase(TimeSpan delay)
    {
        _counts.Add(Count.SlowDatabase);
        _relay!.Delay = delay;
        return new OnDispose(() => _relay.Delay = TimeSpan.Zero);
    }

    private OnDispose Promote()
    {
        _counts.Add(Count.Promotion);
        _postgres!.Promote();
        return new OnDispose(() => { });
    }

    private async Task AwaitProgressAsync(ClusterFault behind, CancellationToken cancellation)
    {
        var (before, waited) = (_stored(), Stopwatch.StartNew());
        while (_stored() == before)
        {
            if (waited.Elapsed > Timeout)
            {
                throw new LoadFailedException($"nothing was acknowledged for {Timeout.TotalSeconds} s after {behind}");
            }
            await Task.Delay(Look, cancellation);
        }
    }

    // Nodes that were given up may be about to find out.
    private async Task SettleAsync(CancellationToken cancellation)
    {
        for (var calm = Stopwatch.StartNew(); calm.Elapsed < Calm;)
        {
            var before = _nodes.Changes;
            if (!await AwaitServiceAsync(cancellation) || _nodes.Changes != before) { calm.Restart(); }
            await Task.Delay(Look, cancellation);
        }
        Life = new CurrentLife(Life.Number, Life.Phase + 1);
    }

    // Of every gateway. Whether it came at once.
    private async Task<bool> AwaitServiceAsync(CancellationToken cancellation)
    {
        var isAtOnce = true;
        foreach (var address in _nodes.Addresses) { isAtOnce &= await AwaitServiceAsync(address, cancellation); }
        return isAtOnce;
    }

    // Who asks for an account that is not there is answered by the writer.
    private static async Task<bool> AwaitServiceAsync(IPEndPoint gateway, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                using var socket = await FrameSocket.ConnectAsync(gateway, isBinary: false, cancellation);
                var requests = new SequentialRequests(socket, _ => Task.CompletedTask);
                var answer = await requests.AskAsync(new LogIn("nobody", new Secret("none"), Takeover: false), cancellation);
                if (answer is Refused { Code: ErrorCode.BadCredentials }) { return isFirst; }
            }
            catch (Exception fault) when (fault is SocketException or IOException && waited.Elapsed < Timeout)
            {
                // It is not there yet.
            }
            if (waited.Elapsed > Timeout) { throw new LoadFailedException($"the gateway at {gateway} does not serve"); }
            await Task.Delay(Look, cancellation);
        }
    }
}
