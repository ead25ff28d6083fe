using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat login</c>, what it keeps, and how the server and the account are named.</summary>
public sealed class KeptLoginTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IDisposable
{
    private readonly CliHome _home = new();
    private readonly CliHome _other = new();
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    private string Server => "127.0.0.1:" + Port;

    private string Port => gateway.Process.Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
    }

    [LinuxFact]
    public async Task Only_its_owner_may_read_it_and_a_logout_ends_every_copy_of_it()
    {
        await LogInAsync(_ada);
        var state = Directory.GetFiles(_home.File(".local/state/jochat"));
        Assert.NotEmpty(state);
        foreach (var file in state)
        {
            if (OperatingSystem.IsWindows()) { continue; } // for the compiler
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        Directory.CreateDirectory(_other.File(".local/state/jochat"));
        foreach (var file in state) { File.Copy(file, _other.File(".local/state/jochat/" + Path.GetFileName(file))); }
        Assert.Equal(0, (await _other.RunAsync("login-check", "--host", Server)).ExitCode);

        Assert.Equal(0, (await _home.RunAsync("logout", "--host", Server)).ExitCode);

        var copy = await _other.RunAsync("login-check", "--host", Server);
        Assert.Equal(4, copy.ExitCode);
        Assert.Contains("is no longer valid", copy.Errors, StringComparison.Ordinal);
        Assert.Equal(4, (await _home.RunAsync("logout", "--host", Server)).ExitCode);
    }

    [Fact]
    public async Task There_is_one_for_each_server_and_account()
    {
        var bob = "bob" + _ada;
        await LogInAsync(_ada);
        await LogInAsync(bob);
        using var folder = new TemporaryFolder();
        await using var elsewhere = await GatewayProcess.StartAsync(folder.Path);

        Assert.Equal(_ada, await WhoAsync("--host", Server, "--user", _ada));
        Assert.Equal(bob, await WhoAsync("--host", Server, "--user", bob));
        Assert.Equal(bob, await WhoAsync("--host", Server)); // the last one
        var there = await _home.RunAsync(
            "login-check", "--user", _ada, "--port", elsewhere.Port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(2, there.ExitCode);
        Assert.Contains("Standard input is no terminal to ask on", there.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_in_the_folder_that_the_desktop_names()
    {
        _home["XDG_STATE_HOME"] = _home.File("state");
        await LogInAsync(_ada);

        Assert.NotEmpty(Directory.GetFiles(_home.File("state/jochat")));
        Assert.False(Directory.Exists(_home.File(".local")));
    }

    [Fact]
    public async Task The_chat_of_a_script_needs_no_password()
    {
        await LogInAsync(_ada);

        var (exitCode, output, errors) = await _home.RunWithAsync($"/msg {_ada} to myself\n", "--host", Server);

        Assert.True(exitCode == 0, errors);
        Assert.Contains("to myself", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_named_by_an_option_a_variable_or_a_profile()
    {
        await LogInAsync(_ada);
        Assert.Equal(_ada, await WhoAsync("--host", "127.0.0.1", "--port", Port));
        _home["JOCHAT_HOST"] = Server;
        Assert.Equal(_ada, await WhoAsync());

        _home["JOCHAT_HOST"] = "127.0.0.1:1";
        Directory.CreateDirectory(_home.File(".config/jochat"));
        await File.WriteAllTextAsync(_home.File(".config/jochat/config.conf"), $$"""
            host = "{{Server}}"
            profiles { nobody { user = "nobody" }, nowhere { host = "127.0.0.1:1" } }
            """);
        string[] withPassword = ["login-check", "--user", _ada, "--password-file", "-"];
        Assert.Equal(3, (await _home.RunWithAsync("pw\n", withPassword)).ExitCode); // the variable outranks the file
        _home["JOCHAT_HOST"] = "";
        Assert.Equal(_ada, await WhoAsync());
        Assert.Equal(3, (await _home.RunWithAsync("pw\n", [.. withPassword, "--profile", "nowhere"])).ExitCode);
        Assert.Equal(2, (await _home.RunAsync("login-check", "--profile", "nobody")).ExitCode); // no login of that name
        _home["JOCHAT_PROFILE"] = "nowhere";
        Assert.Equal(_ada, await WhoAsync("--host", Server));
    }

    [LinuxFact]
    public async Task An_IPv6_address_stands_in_brackets()
    {
        var server = $"[::ffff:127.0.0.1]:{Port}";

        var (exitCode, _, errors) = await _home.RunWithAsync(
            "pw\n", "signup", "--host", server, "--user", _ada, "--password-file", "-");

        Assert.True(exitCode == 0, errors);
    }

    [Fact]
    public async Task Many_processes_share_it_at_the_same_time_though_each_replaces_its_token()
    {
        using var folder = new TemporaryFolder();
        var own = await GatewayProcess.StartAsync(folder.Path);
        var port = own.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var verb in (string[])["signup", "login"])
        {
            var (exitCode, _, errors) = await _home.RunWithAsync(
                "pw\n", verb, "--user", _ada, "--password-file", "-", "--port", port);
            Assert.True(exitCode == 0, errors);
        }
        using var listener = _home.Start(["listen", "--port", port]);
        await SendAsync("first");
        Assert.Contains("first", await listener.StandardOutput.ReadLineAsync().OrFail(), StringComparison.Ordinal);
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SendAsync($"{round}.{i}")));
        }

        // The listener comes back with a token that others have used and replaced many times meanwhile.
        await own.DisposeAsync();
        await using var again = await GatewayProcess.StartAsync(folder.Path, "--port", port);
        for (var i = 0; i < 3; i++) { await SendAsync($"again {i}"); }
        await SendAsync("last");

        string? line;
        do { line = await listener.StandardOutput.ReadLineAsync().OrFail(); }
        while (line?.Contains("last", StringComparison.Ordinal) is false);
        Assert.NotNull(line);
        await SendAsync("still good");
        Assert.DoesNotContain("had been replaced", own.Errors + again.Errors, StringComparison.Ordinal);
        listener.Kill();

        async Task SendAsync(string text)
        {
            var (exitCode, _, errors) = await _home.RunAsync("send", "--port", port, _ada, text);
            Assert.True(exitCode == 0, errors);
        }
    }

    private async Task LogInAsync(string user)
    {
        foreach (var verb in (string[])["signup", "login"])
        {
            var (exitCode, _, errors) = await _home.RunWithAsync(
                "pw\n", verb, "--user", user, "--password-file", "-", "--host", Server);
            Assert.True(exitCode == 0, errors);
        }
    }

    private async Task<string> WhoAsync(params string[] options)
    {
        var (exitCode, output, errors) = await _home.RunAsync(["login-check", .. options]);
        Assert.True(exitCode == 0, errors);
        return output.Split(':')[0];
    }
}
