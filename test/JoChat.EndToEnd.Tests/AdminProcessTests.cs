using System.Net.Sockets;
using System.Text.Json;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway accounts</c> and <c>stats</c>, at a server that runs.</summary>
[Trait("Speed", "Slow")]
public sealed class AdminProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Socket => _folder.File("chat.db-admin");

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task A_disabled_account_has_no_session_and_no_login_until_it_is_enabled()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.SignUpAsync("ada");
        var login = Assert.IsType<LoggedIn>(await ada.AskAsync(new LogIn("ada", new Secret("pw-ada"), WantsToken: true)));

        Assert.StartsWith("ada: disabled, ", await SucceedAsync("accounts", "disable", "ADA"), StringComparison.Ordinal);

        Assert.Null(await ada.ReceiveAsync());
        using var again = await RawClient.ConnectAsync(gateway.Port);
        var right = Assert.IsType<Refused>(await again.AskAsync(new LogIn("ada", new Secret("pw-ada"))));
        Assert.Equal((ErrorCode.NotAllowed, true), (right.Code, right.Text.Contains("disabled", StringComparison.Ordinal)));
        Assert.Equal(ErrorCode.InvalidToken, Assert.IsType<Refused>(
            await again.AskAsync(new Resume(login.ResumeToken!.Value))).Code);
        Assert.Equal(
            Assert.IsType<Refused>(await again.AskAsync(new LogIn("nobody", new Secret("wrong")))),
            Assert.IsType<Refused>(await again.AskAsync(new LogIn("ada", new Secret("wrong")))));

        await SucceedAsync("accounts", "enable", "ada");

        Assert.Equal(0, await again.LogInAsync("ada"));
        await gateway.LogLineAsync(": account \"ada\" was disabled");
    }

    [LinuxFact]
    public async Task A_password_is_reset_to_a_random_one_or_to_one_from_a_file()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        var said = await SucceedAsync("accounts", "reset-password", "ada");

        Assert.Null(await ada.ReceiveAsync());
        Assert.StartsWith("The password of ada is ", said, StringComparison.Ordinal);
        using var again = await RawClient.ConnectAsync(gateway.Port);
        Assert.IsType<Refused>(await again.AskAsync(new LogIn("ada", new Secret("pw-ada"))));
        Assert.IsType<LoggedIn>(await again.AskAsync(new LogIn("ada", SentPassword.Of(said.Trim().Split(' ')[^1]))));

        await File.WriteAllTextAsync(_folder.File("password"), "caf\u0065\u0301 au lait\n");
        await File.WriteAllBytesAsync(_folder.File("latin"), [.. "caf"u8, 0xE9, (byte)'\n']);
        Assert.Contains("latin is not valid UTF-8",
            await FailAsync(1, "accounts", "reset-password", "ada", "--password-file", "latin"), StringComparison.Ordinal);
        await SucceedAsync("accounts", "disable", "ada");
        await SucceedAsync("accounts", "reset-password", "ada", "--password-file", "password");
        using var third = await RawClient.ConnectAsync(gateway.Port);
        Assert.IsType<Refused>(await third.AskAsync(new LogIn("ada", SentPassword.Of("caf\u00E9 au lait"))));
        await SucceedAsync("accounts", "enable", "ada");
        Assert.IsType<LoggedIn>(await third.AskAsync(new LogIn("ada", SentPassword.Of("caf\u00E9 au lait"))));
    }

    [LinuxFact]
    public async Task An_account_is_deleted_when_that_is_confirmed_and_its_name_is_held()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        await ada.SendMessageAsync("ada", "bob", "hello");

        Assert.Contains("say --yes", await FailAsync(1, "accounts", "delete", "ada"), StringComparison.Ordinal);
        Assert.Equal("Deleted ada\n", await SucceedAsync("accounts", "delete", "ada", "--yes"));

        Assert.Equal(ErrorCode.NotLoggedIn, Assert.IsType<Refused>(await ada.AskAsync(new ReadInbox(After: null))).Code);
        Assert.Empty(Assert.IsType<InboxRead>(await bob.AskAsync(new ReadInbox(After: null))).Messages);
        using var again = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(ErrorCode.UsernameTaken, Assert.IsType<Refused>(
            await again.AskAsync(new SignUp("ada", new Secret("pw")))).Code);
        Assert.Contains("there is no account ada", await FailAsync(1, "accounts", "show", "ada"), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task All_accounts_are_listed_and_what_a_terminal_would_obey_is_escaped()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path)) { Assert.Equal(0, await gateway.StopAsync()); }
        Seed(accounts: 450, "zoë\u202E\u0007");
        await using var seeded = await GatewayProcess.StartAsync(_folder.Path);

        var lines = (await SucceedAsync("accounts", "list")).TrimEnd().Split('\n');
        var objects = (await SucceedAsync("accounts", "list", "--json")).TrimEnd().Split('\n');

        Assert.Equal(451, lines.Length);
        Assert.StartsWith("zoë\\u202E\\u0007: made ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(
            [.. Enumerable.Range(0, 450).Select(number => FormattableString.Invariant($"n{number:D4}")), "zoë\u202E\u0007"],
            objects.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("username").GetString()!));
        var statistics = JsonDocument.Parse(await SucceedAsync("stats", "--json")).RootElement;
        Assert.Equal("chat.db", statistics.GetProperty("writer").GetProperty("store").GetString());
    }

    [LinuxFact]
    public async Task The_socket_is_its_owners_and_one_that_was_left_is_replaced()
    {
        await using (var killed = await GatewayProcess.StartAsync(_folder.Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Socket).UnixFileMode);
            await killed.KillAsync();
        }
        Assert.Contains("no server listens at the admin socket chat.db-admin", await FailAsync(1, "stats"), StringComparison.Ordinal);

        await using (var next = await GatewayProcess.StartAsync(_folder.Path))
        {
            await SucceedAsync("stats");
            Assert.Equal(0, await next.StopAsync());
        }
        Assert.False(Path.Exists(Socket));
    }

    [LinuxFact]
    public async Task What_is_in_the_place_of_the_socket_stays_and_the_server_does_without_unless_it_was_chosen()
    {
        await File.WriteAllTextAsync(Socket, "mine");
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            await gateway.LogLineAsync("accounts, prune and stats do not reach this server: cannot make the admin socket chat.db-admin");
            Assert.Equal(0, await gateway.StopAsync());
        }
        Assert.Equal("mine", await File.ReadAllTextAsync(Socket));

        await File.WriteAllTextAsync(Socket, "");
        Assert.Contains("cannot make the admin socket chat.db-admin", await StartAndFailAsync(), StringComparison.Ordinal);

        File.Delete(Socket);
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Socket));
        other.Listen();
        Assert.Contains("another server listens there", await StartAndFailAsync(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Without_a_socket_that_is_said()
    {
        await File.WriteAllTextAsync(_folder.File("off.conf"), "jochat { admin { socket = off } }");
        string[] off = ["--config", "off.conf"];
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, off))
        {
            Assert.False(Path.Exists(Socket));
            Assert.Contains("jochat.admin.socket", await FailAsync(2, ["stats", .. off]), StringComparison.Ordinal);
        }
        Assert.Contains(
            "jochat.admin.socket: expected the path of a socket, or off", await FailAsync(2, "stats", "--set", "jochat.admin.socket=on"),
            StringComparison.Ordinal);
        Assert.Contains(
            "jochat.admin.socket: is too long", await FailAsync(2, "stats", "--set", "jochat.admin.socket=" + new string('x', 200)),
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task At_the_store_of_a_cluster_the_sessions_of_its_gateways_are_seen_and_ended()
    {
        await using var cluster = new TestCluster(nodes: 2);
        await cluster.StartAsync(0, "store", "--set", $"jochat.admin.socket={Socket}");
        var gateway = await cluster.StartAsync(1, "gateway");
        using var ada = await TestCluster.EnterAsync(gateway, "ada");
        string[] at = ["--set", $"jochat.admin.socket={Socket}"];

        Assert.Contains(", 1 sessions, ", await SucceedAsync(["accounts", "show", "ada", .. at]), StringComparison.Ordinal);
        await SucceedAsync(["accounts", "disable", "ada", .. at]);

        Assert.Null(await ada.ReceiveAsync());
    }

    private async Task<string> StartAndFailAsync() => (await GatewayProcess.RunAsync(
        _folder.Path, "--port", "0", "--set", "jochat.admin.socket=chat.db-admin")).Errors;

    private void Seed(int accounts, string last)
    {
        using var store = JoChat.Storage.SqliteChatStore.Open(_folder.File("chat.db"));
        store.Begin();
        foreach (var name in Enumerable.Range(0, accounts).Select(number => FormattableString.Invariant($"n{number:D4}")).Append(last))
        {
            store.AddAccount(name, Username.Fold(name), "hash", DateTimeOffset.UtcNow);
        }
        store.Commit();
    }

    private Task<string> SucceedAsync(params string[] arguments) => GatewayProcess.SucceedAsync(_folder.Path, arguments);

    private Task<string> FailAsync(int status, params string[] arguments) =>
        GatewayProcess.FailAsync(status, _folder.Path, arguments);
}
