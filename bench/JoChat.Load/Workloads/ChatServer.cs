using System.Globalization;
using System.Text;

namespace JoChat.Load;

/// <summary>A gateway process with a database of its own, and the clients in it.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private readonly ServerProcess _gateway;
    private readonly List<LoadConnection> _connections = [];

    private ChatServer(ServerProcess gateway, int port) => (_gateway, Port) = (gateway, port);

    /// <summary>How the answer to a send begins that was stored.</summary>
    public static byte[] Stored { get; } =
        Encoding.ASCII.GetBytes("""{"msg_type":"send_message","data":{"status":"ok" """.TrimEnd());

    public System.Diagnostics.Process Process => _gateway.Process;

    public int Port { get; }

    /// <summary>Where its database is.</summary>
    public static string DatabaseIn(TemporaryFolder folder) => folder.File("chat.db");

    /// <summary>Starts it. Passwords of new accounts are cheap, because they are not what is measured.</summary>
    /// <param name="folder">Where its database is, or will be.</param>
    /// <param name="mostConnections">How many connections it is to take.</param>
    /// <param name="httpPort">Where it serves the page; 0: nowhere.</param>
    /// <param name="database">The PostgreSQL database for its messages; null: a file in the folder.</param>
    public static Task<ChatServer> StartAsync(
        TemporaryFolder folder, int mostConnections = 10_000, int httpPort = 0, string? database = null) =>
        StartAsync(folder, httpPort,
        [
            "--set", "jochat.accounts.password-iterations=1",
            "--set", "jochat.accounts.max-unread-from-one=100000000", "--set", "jochat.accounts.max-unread=100000000",
            "--set", "jochat.accounts.max-stored=1PiB", "--set", "jochat.storage.min-free=0",
            "--set", "jochat.accounts.requests-per-second=10000000", "--set", "jochat.accounts.bytes-per-second=2147483647",
            "--set", "jochat.gateway.max-connections-per-address=1000000", "--set", "jochat.gateway.max-guests=1000000",
            "--set", "jochat.gateway.connections-per-second=1000000",
            "--set", FormattableString.Invariant($"jochat.gateway.max-connections={mostConnections}"),
            .. database is null ? Array.Empty<string>() : OnPostgres(database),
        ]);

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
        return new ChatServer(gateway, await gateway.ListenAsync(StartTimeout, CancellationToken.None));
    }

    /// <summary>Makes an account. Nobody is logged in to it.</summary>
    public async Task SignUpAsync(string user)
    {
        var dialog = new RequestReply();
        using var connection = LoadConnection.Connect(Port, dialog);
        await dialog.AskAsync(connection, Requests.SignUp(user));
    }

    /// <summary>Makes an account and logs in to it.</summary>
    public async Task<LoadConnection> LogInAsync(string user, bool wantsPush)
    {
        var dialog = new RequestReply();
        var connection = Connect(dialog);
        await dialog.AskAsync(connection, Requests.SignUp(user));
        if (wantsPush) { await dialog.AskAsync(connection, Requests.AskForPush()); }
        await dialog.AskAsync(connection, Requests.LogIn(user));
        return connection;
    }

    /// <summary>A connection without a login, which ends with the server.</summary>
    public LoadConnection Connect(IConversation conversation)
    {
        var connection = LoadConnection.Connect(Port, conversation);
        _connections.Add(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) { connection.Dispose(); }
        await _gateway.DisposeAsync();
    }
}
