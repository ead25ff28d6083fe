using System.Text;

namespace JoChat.Load;

/// <summary>A gateway process with a database of its own, and the clients in it.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly ChildProcess _gateway;
    private readonly List<LoadConnection> _connections = [];

    private ChatServer(ChildProcess gateway) => _gateway = gateway;

    /// <summary>How the answer to a send begins that was stored.</summary>
    public static byte[] Stored { get; } =
        Encoding.ASCII.GetBytes("""{"msg_type":"send_message","data":{"status":"ok" """.TrimEnd());

    public System.Diagnostics.Process Process => _gateway.Process;

    /// <summary>Starts it. Passwords are cheap, because they are not what is measured.</summary>
    public static async Task<ChatServer> StartAsync(DiskFolder folder) => new(await ChildProcess.StartAsync(
        "jochat-gateway.dll", "--port", "0", "--http-port", "0", "--db", folder.File("chat.db"),
        "--set", "jochat.accounts.password-iterations=1"));

    /// <summary>Makes an account. Nobody is logged in to it.</summary>
    public async Task SignUpAsync(string user)
    {
        var dialog = new Dialog();
        using var connection = LoadConnection.Connect(_gateway.Port, dialog);
        await dialog.AskAsync(connection, Requests.SignUp(user));
    }

    /// <summary>Makes an account and logs in to it.</summary>
    public async Task<LoadConnection> EnterAsync(string user, bool wantsPush)
    {
        var dialog = new Dialog();
        var connection = Connect(dialog);
        await dialog.AskAsync(connection, Requests.SignUp(user));
        if (wantsPush) { await dialog.AskAsync(connection, Requests.AskForPush()); }
        await dialog.AskAsync(connection, Requests.LogIn(user));
        return connection;
    }

    /// <summary>A connection without a login, which ends with the server.</summary>
    public LoadConnection Connect(IConversation conversation)
    {
        var connection = LoadConnection.Connect(_gateway.Port, conversation);
        _connections.Add(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) { connection.Dispose(); }
        await _gateway.DisposeAsync();
    }
}
