using System.Globalization;
using System.Net;
using JoChat.Testing;

namespace JoChat.Load.Torture;

/// <summary>The nodes of a cluster, and what is done to them.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    // The others give it up a little later, and it gives itself up some seconds after it went on.
    private static readonly TimeSpan AlmostGivenUp = TimeSpan.FromSeconds(9);
    private readonly NodeNetwork? _network;
    private readonly Counts _counts;
    private readonly NodeUnderTorture[] _nodes;
    private readonly string[] _roles, _hosts, _program;
    private readonly int[] _ports, _clusterPorts;

    /// <param name="folder">Where their files are.</param>
    /// <param name="options">Which there are.</param>
    /// <param name="network">Their network; null: they are all on 127.0.0.1.</param>
    /// <param name="storage">Tells them where to store.</param>
    /// <param name="counts">Counts what is done to them.</param>
    /// <param name="noteFault">Is told what they did that they must not.</param>
    public ClusterNodes(
        string folder, TortureOptions options, NodeNetwork? network, IEnumerable<string>? storage, Counts counts,
        Action<string> noteFault)
    {
        (_network, _counts) = (network, counts);
        var all = Enumerable.Range(0, CountOf(options.Nodes)).ToArray();
        _roles = [.. all.Select(node => options.Nodes is Nodes.Both ? "both" : node == 0 ? "store" : "gateway")];
        _hosts = [.. all.Select(node => network is null ? "127.0.0.1" : NodeNetwork.HostOf(node))];
        _ports = [.. all.Select(_ => FreePort.Find())];
        _clusterPorts = [.. all.Select(_ => FreePort.Find())];
        var seeds = string.Join(',', all.Take(3).Select(node => Id(_hosts[node], _clusterPorts[node])));
        _program =
        [
            .. options.IsFramed ? ["jochat-gateway.dll"] : ForgetfulSerializer.Program(folder),
            .. TorturedSettings.Arguments, .. storage ?? [],
            .. network is null ? [] : NodeCertificates.Make(Path.Combine(folder, "cluster-ca")),
            "--http-port", "0", "--db", Path.Combine(folder, Database.Name),
            "--set", "jochat.gateway.tls.required=off",
            "--set", $"jochat.cluster.seed-nodes={seeds}",
        ];
        _nodes = [.. all.Select(node => new NodeUnderTorture(
            $"node {node}", take => Start(node, take), counts, noteFault))];
    }

    /// <summary>Where clients may connect.</summary>
    public IEnumerable<IPEndPoint> Addresses =>
        Gateways.Select(node => new IPEndPoint(IPAddress.Parse(_hosts[node]), _ports[node]));

    /// <inheritdoc cref="NodeUnderTorture.Changes"/>
    public long Changes => _nodes.Sum(node => node.Changes);

    private IEnumerable<int> Gateways => Enumerable.Range(0, _nodes.Length).Where(node => _roles[node] != "store");

    // The last one that said that it writes.
    private int Writer => Array.IndexOf(_nodes, _nodes.MaxBy(node => node.Epoch));

    public static int CountOf(Nodes nodes) => nodes is Nodes.Both ? 3 : 4;

    public void Start()
    {
        foreach (var node in _nodes) { node.Start(); }
    }

    public IPEndPoint PickAddress(Random random)
    {
        IPEndPoint[] addresses = [.. Addresses];
        return addresses[random.Next(addresses.Length)];
    }

    /// <summary>Begins a fault, if it is one of the nodes'.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Begin(ClusterRound round)
    {
        var writer = Writer;
        int[] others = [.. Enumerable.Range(0, _nodes.Length).Where(node => node != writer)];
        var one = others[round.Pick % others.Length];
        var another = others[(round.Pick + 1) % others.Length];
        return round.Fault switch
        {
            ClusterFault.GatewayKill => Kill(one),
            ClusterFault.WriterKill => Kill(writer),
            ClusterFault.GatewayPause => Pause(one),
            ClusterFault.WriterPause => Pause(writer),
            ClusterFault.WriterPauseApart => PauseApart(writer, round.For),
            ClusterFault.WriterStop => Stop(writer),
            ClusterFault.PairPart => Part((one, another), (another, one)),
            ClusterFault.WriterPart => PartFromAll(writer),
            ClusterFault.GatewayPart => PartFromAll(one),
            ClusterFault.OneWayPart => round.Pick % 2 == 0 ? Part((writer, one)) : Part((one, writer)),
            ClusterFault.DatabasePart => PartDatabase(writer),
            var fault => throw new ArgumentException($"{fault} is no fault of nodes.", nameof(round)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) { await node.DisposeAsync(); }
    }

    private OnDispose Kill(int node)
    {
        if (_nodes[node].Signal("KILL")) { _counts.Add(Count.Kill); }
        return new OnDispose(() => { }); // it is started again
    }

    private OnDispose Stop(int node)
    {
        if (_nodes[node].Signal("TERM")) { _counts.Add(Count.NodeStop); }
        return new OnDispose(() => { });
    }

    private OnDispose Pause(int node)
    {
        if (_nodes[node].Signal("STOP")) { _counts.Add(Count.NodePause); }
        return new OnDispose(() => _nodes[node].Signal("CONT"));
    }

    private OnDispose PauseApart(int node, TimeSpan duration)
    {
        var pause = duration / 2 < AlmostGivenUp ? duration / 2 : AlmostGivenUp;
        var part = PartFromAll(node);
        var paused = Pause(node);
        _ = Task.Delay(pause).ContinueWith(_ => paused.Dispose(), TaskScheduler.Default);
        return new OnDispose(() =>
        {
            paused.Dispose(); // when it is ended early
            part.Dispose();
        });
    }

    private OnDispose PartFromAll(int node) => Part(
    [
        .. Enumerable.Range(0, _nodes.Length).Where(other => other != node)
            .SelectMany(other => ((int, int)[])[(node, other), (other, node)]),
    ]);

    private OnDispose Part(params (int From, int To)[] ways)
    {
        _counts.Add(Count.Partition);
        foreach (var (from, to) in ways) { _network!.Part(from, _hosts[to]); }
        return new OnDispose(() =>
        {
            foreach (var (from, to) in ways) { _network!.Join(from, _hosts[to]); }
        });
    }

    private OnDispose PartDatabase(int node)
    {
        _counts.Add(Count.Partition);
        _network!.Part(node, NodeNetwork.DatabaseHost);
        return new OnDispose(() => _network.Join(node, NodeNetwork.DatabaseHost));
    }

    private ServerProcess Start(int node, Action<string> take) => ServerProcess.Start(
        _program[0],
        [
            .. _program[1..],
            "--host", _hosts[node], "--port", Number(_ports[node]),
            "--set", $"jochat.cluster.role={_roles[node]}", "--set", $"jochat.cluster.host={_hosts[node]}",
            "--set", $"jochat.cluster.port={Number(_clusterPorts[node])}",
        ],
        take, _network?.Within(node) ?? []);

    private static string Id(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
