namespace JoChat.Load;

/// <summary>Logged-in connections that do nothing: what each costs in memory, what the log-ins cost, and whether each
/// can be reached afterwards.</summary>
/// <remarks>The server is warmed up by some hundred connections that log in, get a message and are cut; then it is
/// measured empty, and again with all connections, of which every other one acknowledges.</remarks>
internal sealed class Idle(LoadOptions options)
{
    private const int WarmUps = 300, WithCheapPassword = 2_000, WithUsualPassword = 100;
    private const int AtATime = 64;
    private static readonly int UsualIterations = new Actors.PasswordOptions().Iterations;
    private static readonly CrowdManner Manner = new() { Acknowledges = member => member % 2 == 0 };
    private readonly Stage _stage = new();

    /// <summary>What an idle connection may cost, and how many are to be reached.</summary>
    public static RunResult Target(LoadOptions options) =>
        new([new("memory each", "KiB", 10), new("reachable", "", options.Connections)], []);

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        OpenFiles.Allow(Math.Max(options.Connections, WithCheapPassword));
        using var folder = new DiskFolder(options.Folder);
        var (warm, idle) = (Accounts.Names('h', WarmUps), Accounts.Names('u', options.Connections));
        var (cheap, usual) = (Accounts.Names('p', WithCheapPassword), Accounts.Names('q', WithUsualPassword));
        Accounts.Add(folder, iterations: 1, [.. warm, .. idle, .. cheap]);
        Accounts.Add(folder, UsualIterations, usual);
        await using var server = await ChatServer.StartAsync(folder, options.Connections + WithCheapPassword);
        await WarmUpAsync(server, warm, cancellation);

        IEnumerable<Figure> figures = await HoldAsync(server, idle, cancellation);
        var first = await PasswordsAsync(server, cheap, cancellation);
        var second = await PasswordsAsync(server, usual, cancellation);
        return new RunResult(
        [
            .. figures,
            .. LogIns("password, 1 round", first),
            .. LogIns(FormattableString.Invariant($"password, {UsualIterations} rounds"), second),
        ], _stage.Faults);
    }

    private async Task WarmUpAsync(ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _stage, names, Manner);
        await crowd.ResumeAllAsync(AtATime, cancellation);
        var writers = await Writers.EnterAsync(server, crowd, 'v');
        await writers.ReachAsync(cancellation);
    }

    private async Task<List<Figure>> HoldAsync(
        ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _stage, names, Manner);
        var writers = await Writers.EnterAsync(server, crowd, 'w');
        var empty = await Settling.MemoryAsync(server.Process, cancellation);
        var before = ProcessUsage.Of(server.Process);
        var connected = await crowd.ConnectAsync(AtATime, cancellation);
        var entered = await crowd.LogInAsync(
            name => Requests.Resume(Accounts.TokenOf(name)), AtATime, cancellation);
        var full = await Settling.MemoryAsync(server.Process, cancellation);

        crowd.Restart();
        var reached = await writers.ReachAsync(cancellation);
        var spent = new Spent(before, ProcessUsage.Of(server.Process));
        return
        [
            new("memory each", "KiB", PerConnection(full - empty)),
            new("memory each, at once", "KiB", PerConnection(entered.Spent.To.MemoryBytes - empty)),
            Figure.Memory("server memory, empty", empty),
            Figure.Memory("server memory, all idle", full),
            new("reachable", "", reached),
            .. Figure.Latencies("end to end", crowd.EndToEnd),
            Figure.Rate("connected", connected.Count, connected.Seconds),
            CpuEach("connecting", connected),
            .. LogIns("token", entered),
            new("generator CPU", "s", spent.OwnCpu),
            Figure.Memory("generator memory", Environment.WorkingSet),
            new("other CPU", "cores", spent.OtherCores),
        ];
    }

    private double PerConnection(long bytes) => bytes / 1024.0 / options.Connections;

    private async Task<Passage> PasswordsAsync(
        ChatServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var crowd = new Crowd(server, _stage, names, Manner);
        await crowd.ConnectAsync(AtATime, cancellation);
        return await crowd.LogInAsync(Requests.LogIn, AtATime, cancellation);
    }

    private static IEnumerable<Figure> LogIns(string by, Passage passage) =>
    [
        Figure.Rate($"log-ins, {by}", passage.Count, passage.Seconds),
        CpuEach(by, passage),
    ];

    private static Figure CpuEach(string what, Passage passage) =>
        new($"server CPU, {what}", "ms each", passage.Spent.ServerCpu / passage.Count * 1000);
}
