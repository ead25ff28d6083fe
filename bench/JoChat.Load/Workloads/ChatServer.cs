using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace JoChat.Load;

/// <summary>A gateway process, or a cluster of one store and some gateways, with a database of its own, and the clients in
/// it.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private readonly List<ServerProcess> _processes = [];
    private readonly List<int> _ports = []; // of the gateways
    private readonly List<LoadConnection> _connections = [];

    private ChatServer() { }

    /// <summary>How the answer to a send begins that was stored.</summary>
    public static byte[] Stored { get; } =
        Encoding.ASCII.GetBytes("""{"msg_type":"send_message","data":{"status":"ok" """.TrimEnd());

    /// <summary>Its process, if it is alone.</summary>
    public Process Process => _processes.Single().Process;

    /// <summary>All its processes: of a cluster the store, then the gateways.</summary>
    public IReadOnlyList<Process> Processes => [.. _processes.Select(process => process.Process)];

    /// <summary>What each of them is in a cluster; empty for a process alone.</summary>
    public IReadOnlyList<string> Roles => _processes.Count == 1 ? []
        : ["store", .. Enumerable.Range(1, _ports.Count).Select(i => FormattableString.Invariant($"gateway {i}"))];

    public int Port => _ports[0];

    /// <summary>The port for a client of this number: clients go to the gateways in turn.</summary>
    public int PortFor(int client) => _ports[client % _ports.Count];

    /// <summary>Where its database is.</summary>
    public static string DatabaseIn(TemporaryFolder folder) => folder.File("chat.db");

    /// <summary>Starts it. Passwords of new accounts are cheap, because they are not what is measured.</summary>
    /// <param name="folder">Where its database is, or will be.</param>
    /// <param name="mostConnections">How many connections it is to take.</param>
    /// <param name="httpPort">Where it serves the page; 0: nowhere.</param>
    /// <param name="database">The PostgreSQL database for its messages; null: a file in the folder.</param>
    /// <param name="gateways">How many beside one store; 0: one process alone.</param>
    /// <param name="tls">Whether the processes of a cluster talk to each other with TLS.</param>
    public static Task<ChatServer> StartAsync(
        TemporaryFolder folder, int mostConnections = 10_000, int httpPort = 0, string? database = null, int gateways = 0,
        bool tls = false)
    {
        string[] settings =
        [
            .. WithoutLimits, "--set", FormattableString.Invariant($"jochat.gateway.max-connections={mostConnections}"),
            .. database is null ? Array.Empty<string>() : OnPostgres(database),
        ];
        return gateways == 0
            ? StartAsync(folder, httpPort, settings) : StartClusterAsync(folder, gateways, tls, settings);
    }

    /// <summary>Settings by which nothing is refused for being too much, and passwords of new accounts are cheap.</summary>
    public static IReadOnlyList<string> WithoutLimits { get; } =
    [
        "--set", "jochat.accounts.password-iterations=1",
        "--set", "jochat.accounts.max-unread-from-one=100000000", "--set", "jochat.accounts.max-unread=100000000",
        "--set", "jochat.accounts.max-stored=1PiB", "--set", "jochat.storage.min-free=0",
        "--set", "jochat.accounts.requests-per-second=10000000", "--set", "jochat.accounts.bytes-per-second=2147483647",
        "--set", "jochat.gateway.max-connections-per-address=1000000", "--set", "jochat.gateway.max-guests=1000000",
        "--set", "jochat.gateway.connections-per-second=1000000",
    ];

    /// <summary>Starts it so that passwords may be guessed as often as one likes.</summary>
    /// <param name="folder">Where its database is.</param>
    /// <param name="rounds">Of a new password hash.</param>
    public static Task<ChatServer> StartForGuessesAsync(TemporaryFolder folder, int rounds) =>
        StartAsync(folder, httpPort: 0,
        [
            "--set", FormattableString.Invariant($"jochat.accounts.password-iterations={rounds}"),
            "--set", "jochat.accounts.guesses-per-minute=1000000",
            "--set", "jochat.accounts.address-guesses-per-minute=1000000",
            "--set", "jochat.session.guest-timeout=0",
        ]);

    /// <summary>Starts it with the settings that it is shipped with.</summary>
    public static Task<ChatServer> StartAsShippedAsync(TemporaryFolder folder) => StartAsync(folder, httpPort: 0, []);

    /// <summary>What tells a gateway to keep messages in PostgreSQL.</summary>
    public static string[] OnPostgres(string database) =>
        ["--set", "jochat.storage.engine=postgres", "--set", $"jochat.storage.postgres.connection-string={database}"];

    private static async Task<ChatServer> StartAsync(
        TemporaryFolder folder, int httpPort, IReadOnlyList<string> settings)
    {
        var gateway = ServerProcess.Start("jochat-gateway.dll",
        [
            "--port", "0", "--http-port", httpPort.ToString(CultureInfo.InvariantCulture), "--db", DatabaseIn(folder),
            .. settings,
        ]);
        var server = new ChatServer();
        server._processes.Add(gateway);
        await server.AddPortAsync(gateway);
        return server;
    }

    private static async Task<ChatServer> StartClusterAsync(
        TemporaryFolder folder, int gateways, bool tls, IReadOnlyList<string> settings)
    {
        var nodes = new LocalNodes(
            1 + gateways, [.. settings, "--db", DatabaseIn(folder)], tls ? NodeCertificates.Make(folder.File("cluster-ca")) : []);
        var server = new ChatServer();
        try
        {
            server._processes.Add(nodes.Start(0, "store"));
            await server._processes[0].ListenAsync(StartTimeout, CancellationToken.None);
            server._processes.AddRange(Enumerable.Range(1, gateways).Select(node => nodes.Start(node, "gateway")));
            foreach (var gateway in server._processes.Skip(1)) { await server.AddPortAsync(gateway); }
            foreach (var gateway in Enumerable.Range(0, gateways)) { await server.AwaitWriterAsync(gateway); }
            return server;
        }
        catch
        {
            await server.DisposeAsync(); // or those that have started would go on
            throw;
        }
    }

    private async Task AddPortAsync(ServerProcess gateway) =>
        _ports.Add(await gateway.ListenAsync(StartTimeout, CancellationToken.None));

    // Until a gateway has found the writer it lets requests wait, and then refuses them.
    private async Task AwaitWriterAsync(int gateway)
    {
        var began = Stopwatch.GetTimestamp();
        for (var trial = 0; ; trial++)
        {
            try
            {
                (await LogInAsync(FormattableString.Invariant($"probe-{gateway}-{trial}"), wantsPush: false, gateway))
                    .Dispose();
                return;
            }
            catch (LoadFailedException) when (Stopwatch.GetElapsedTime(began) < StartTimeout)
            {
                await Task.Delay(Polling.Interval);
            }
        }
    }

    /// <summary>Makes an account. Nobody is logged in to it.</summary>
    public async Task SignUpAsync(string user)
    {
        var dialog = new RequestReply();
        using var connection = LoadConnection.Connect(Port, dialog);
        await dialog.AskAsync(connection, Requests.SignUp(user));
    }

    /// <summary>Makes an account and logs in to it.</summary>
    /// <param name="user">Its name.</param>
    /// <param name="wantsPush">Whether messages are pushed to it.</param>
    /// <param name="at">The client's number, see <see cref="PortFor"/>.</param>
    public async Task<LoadConnection> LogInAsync(string user, bool wantsPush, int at = 0)
    {
        var dialog = new RequestReply();
        var connection = Connect(dialog, at);
        await dialog.AskAsync(connection, Requests.SignUp(user));
        if (wantsPush) { await dialog.AskAsync(connection, Requests.AskForPush()); }
        await dialog.AskAsync(connection, Requests.LogIn(user));
        return connection;
    }

    /// <summary>A connection without a login, which ends with the server.</summary>
    public LoadConnection Connect(IConversation conversation, int at = 0)
    {
        var connection = LoadConnection.Connect(PortFor(at), conversation);
        _connections.Add(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) { connection.Dispose(); }
        foreach (var process in Enumerable.Reverse(_processes)) { await process.DisposeAsync(); } // the store last
    }
}
