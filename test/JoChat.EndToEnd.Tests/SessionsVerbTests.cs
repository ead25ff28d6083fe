using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat sessions</c> and <c>jochat revoke</c>.</summary>
public sealed class SessionsVerbTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IAsyncLifetime, IDisposable
{
    private static readonly Secret SentPassword = new(Convert.ToHexStringLower(SHA256.HashData("pw"u8)));
    private readonly CliHome _laptop = new();
    private readonly CliHome _phone = new();
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    public async Task InitializeAsync()
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gateway.Process.Port}");
        (_laptop["JOCHAT_HOST"], _phone["JOCHAT_HOST"]) = (host, host);
        await _laptop.RunWithAsync("pw\n", "signup", "--user", _ada, "--password-file", "-");
        await _phone.RunWithAsync("pw\n", "login", "--user", _ada, "--password-file", "-");
        await _laptop.RunWithAsync("pw\n", "login", "--user", _ada, "--password-file", "-");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _laptop.Dispose();
        _phone.Dispose();
    }

    [Fact]
    public async Task Another_login_is_ended_and_its_device_has_to_log_in_again()
    {
        var logins = await ListAsync(_laptop);
        Assert.Equal([true, false], logins.Select(login => (bool)login["own"]!).OrderDescending());
        Assert.All(logins, login => Assert.Equal(
            ["id", "client", "address", "created_at", "used_at", "own", "connected"],
            login.AsObject().Select(member => member.Key)));
        var phone = logins.Single(login => !(bool)login["own"]!);
        var id = ((long)phone["id"]!).ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith("jochat", (string)phone["client"]!, StringComparison.Ordinal);
        Assert.Equal(("127.0.0.1", false), ((string)phone["address"]!, (bool)phone["connected"]!));

        Assert.Equal((0, "", $"Ended login {id}.\n"), await _laptop.RunAsync("revoke", id));

        Assert.Equal(4, (await _phone.RunAsync("sessions")).ExitCode);
        Assert.True((bool)Assert.Single(await ListAsync(_laptop))["own"]!);
        var again = await _laptop.RunAsync("revoke", id, "--json");
        Assert.Equal((6, ""), (again.ExitCode, again.Output));
        Assert.Equal("no_such_session", (string?)JsonNode.Parse(again.Errors)!["error"]!["code"]);
    }

    [Fact]
    public async Task Ones_own_login_is_ended_and_forgotten_here()
    {
        var own = (await ListAsync(_laptop)).Single(login => (bool)login["own"]!);
        var id = (long)own["id"]!;

        var (exitCode, output, errors) = await _laptop.RunAsync(
            "revoke", id.ToString(CultureInfo.InvariantCulture), "--json");

        Assert.True(exitCode == 0, errors);
        Assert.Equal((id, true), ((long)JsonNode.Parse(output)!["revoked"]!, (bool)JsonNode.Parse(output)!["own"]!));
        Assert.Empty(Directory.GetFiles(_laptop.File(".local/state/jochat"), "login*.json"));
        var logout = await _laptop.RunAsync("logout");
        Assert.Equal(4, logout.ExitCode);
        Assert.StartsWith("jochat: There is no kept login", logout.Errors, StringComparison.Ordinal);
        Assert.Single(await ListAsync(_phone));
    }

    [Theory]
    [InlineData("to myself", "listen")]
    [InlineData("Logged in as")]
    public async Task What_runs_on_a_login_that_is_ended_ends_with_4(string sign, params string[] verb)
    {
        var phone = (await ListAsync(_laptop)).Single(login => !(bool)login["own"]!);
        await _laptop.RunAsync("send", _ada, "to myself");
        using var running = _phone.Start(verb);
        try
        {
            string? line;
            do { line = await running.StandardOutput.ReadLineAsync().OrFail(); }
            while (line?.Contains(sign, StringComparison.Ordinal) is false);
            Assert.NotNull(line);

            await _laptop.RunAsync("revoke", ((long)phone["id"]!).ToString(CultureInfo.InvariantCulture));

            await running.WaitForExitAsync().OrFail();
            Assert.Equal(4, running.ExitCode);
            Assert.Contains(
                "This login was ended elsewhere",
                await running.StandardError.ReadToEndAsync().OrFail(), StringComparison.Ordinal);
        }
        finally
        {
            if (!running.HasExited) { running.Kill(); }
        }
    }

    [Fact]
    public async Task A_client_that_calls_itself_something_evil_is_shown_on_one_clean_line()
    {
        const string Evil = "jochat\u001b[2J\r\n9\t\u202e\u0000\u200b\u009b";
        using var thief = await RawClient.ConnectAsync(gateway.Process.Port);
        await thief.AskAsync(new Hello(Evil, Features.Side));
        Assert.IsType<LoggedIn>(await thief.AskAsync(new LogIn(_ada, SentPassword, WantsToken: true)));

        var (exitCode, output, errors) = await _laptop.RunAsync("sessions");
        var exact = await _laptop.RunAsync("sessions", "--json");

        Assert.True(exitCode == 0, errors);
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal(5, line.Split('\t').Length));
        var shown = lines.Single(line => line.Contains("\tconnected\t", StringComparison.Ordinal));
        Assert.EndsWith(@"\x1B[2J\r\n9\t\u202E\x00\u200B\x9B", shown, StringComparison.Ordinal);
        Assert.All(output + exact.Output, letter => Assert.True(letter is '\n' or '\t' or (>= ' ' and <= '~')));
        Assert.Contains(
            exact.Output.TrimEnd('\n').Split('\n'), line => (string)JsonNode.Parse(line)!["client"]! == Evil);
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("revoke", "seven")]
    [InlineData("revoke", "1", "2")]
    public async Task What_is_no_id_is_wrong_usage(params string[] arguments) =>
        Assert.Equal(2, (await _laptop.RunAsync(arguments)).ExitCode);

    private static async Task<JsonNode[]> ListAsync(CliHome home)
    {
        var (exitCode, output, errors) = await home.RunAsync("sessions", "--json");
        Assert.True(exitCode == 0, errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
