namespace JoChat.Load;

/// <summary>Logged-in connections that do nothing: the memory of each, the cost of the logins, and whether each
/// can be reached afterwards.</summary>
/// <remarks>The server is warmed up by some hundred connections that log in, get a message and are cut; then it is
/// measured empty, and again with all connections, of which every other one acknowledges.</remarks>
internal sealed class IdleWorkload(LoadOptions options)
{
    private const int WarmUps = 300, WithCheapPassword = 2_000, WithUsualPassword = 100;
    private const int Concurrency = 64;
    private static readonly TimeSpan Nothing = TimeSpan.FromSeconds(10);
    private static readonly int UsualIterations = new Actors.PasswordOptions().Iterations;
    private static readonly CrowdBehavior Behavior = new() { Acknowledges = index => index % 2 == 0 };
    private readonly LoadState _state = new();

    /// <summary>What an idle connection may cost, and how many are to be reached.</summary>
    public static RunResult Target(LoadOptions options) =>
        new([new("memory each", "KiB", 10), new("reachable", "", options.Connections)], []);

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        OpenFiles.Allow(Math.Max(options.Connections, WithCheapPassword));
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        var (warm, idle) = (SeededAccounts.Names('h', WarmUps), SeededAccounts.Names('u', options.Connections));
        var cheap = SeededAccounts.Names('p', WithCheapPassword);
        var usual = SeededAccounts.Names('q', WithUsualPassword);
        SeededAccounts.Add(folder, iterations: 1, [.. warm, .. idle, .. cheap]);
        SeededAccounts.Add(folder, UsualIterations, usual);
        await using var server = await ChatServer.StartAsync(
            folder, options.Connections + WithCheapPassword, gateways: options.Gateways);
        await WarmUpAsync(server, warm, cancellation);

        IEnumerable<Figure> figures = await MeasureIdleAsync(server, idle, cancellation);
        var first = await LogInByPasswordAsync(server, cheap, cancellation);
        var second = await LogInByPasswordAsync(server, usual, cancellation);
        return new RunResult(
        [
            .. figures,
            .. LogIns("password, 1 round", first),
            .. LogIns(FormattableString.Invariant($"password, {UsualIterations} rounds"), second),
        ], _state.Faults);
    }

    private async Task WarmUpAsync(ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _state, names, Behavior);
        await crowd.ResumeAllAsync(Concurrency, cancellation);
        var writers = await CrowdSenders.LogInAsync(server, crowd, 'v');
        await writers.ReachAsync(cancellation);
    }

    private async Task<List<Figure>> MeasureIdleAsync(
        ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _state, names, Behavior);
        var writers = await CrowdSenders.LogInAsync(server, crowd, 'w');
        var emptyEach = await Polling.MemoryAsync(server.Processes, cancellation);
        var idle = await MeasureNothingAsync(server, cancellation);
        var before = ProcessUsage.Of(server.Processes);
        var connected = await crowd.ConnectAsync(Concurrency, cancellation);
        var entered = await crowd.LogInAsync(
            name => Requests.Resume(SeededAccounts.TokenOf(name)), Concurrency, cancellation);
        var fullEach = await Polling.MemoryAsync(server.Processes, cancellation);
        var (empty, full) = (emptyEach.Sum(), fullEach.Sum());

        crowd.Restart();
        var reached = await writers.ReachAsync(cancellation);
        var usage = new UsageDelta(before, ProcessUsage.Of(server.Processes));
        return
        [
            new("memory each", "KiB", PerConnection(full - empty)),
            .. server.Roles.Zip(emptyEach.Zip(fullEach), (role, bytes) => new Figure(
                $"memory each, at {role}", "KiB", PerConnection(bytes.Second - bytes.First))),
            new("memory each, at once", "KiB", PerConnection(entered.Usage.To.MemoryBytes - empty)),
            Figure.Memory("server memory, empty", empty),
            Figure.Memory("server memory, all idle", full),
            new("CPU, empty, of the busiest process", "cores", idle.EachCpu.Max() / idle.Seconds),
            new("reachable", "", reached),
            .. Figure.Latencies("end to end", crowd.EndToEnd),
            Figure.Rate("connected", connected.Count, connected.Seconds),
            CpuEach("connecting", connected),
            .. LogIns("token", entered),
            new("generator CPU", "s", usage.OwnCpu),
            Figure.Memory("generator memory", Environment.WorkingSet),
            new("other CPU", "cores", usage.OtherCores),
        ];
    }

    // Eight clients who ask nothing are logged in.
    private static async Task<UsageDelta> MeasureNothingAsync(ChatServer server, CancellationToken cancellation)
    {
        var before = ProcessUsage.Of(server.Processes);
        await Task.Delay(Nothing, cancellation);
        return new UsageDelta(before, ProcessUsage.Of(server.Processes));
    }

    private double PerConnection(long bytes) => bytes / 1024.0 / options.Connections;

    private async Task<CrowdStep> LogInByPasswordAsync(
        ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _state, names, Behavior);
        await crowd.ConnectAsync(Concurrency, cancellation);
        return await crowd.LogInAsync(Requests.LogIn, Concurrency, cancellation);
    }

    private static IEnumerable<Figure> LogIns(string by, CrowdStep passage) =>
    [
        Figure.Rate($"log-ins, {by}", passage.Count, passage.Seconds),
        CpuEach(by, passage),
    ];

    private static Figure CpuEach(string what, CrowdStep passage) =>
        new($"server CPU, {what}", "ms each", passage.Usage.ServerCpu / passage.Count * 1000);
}
