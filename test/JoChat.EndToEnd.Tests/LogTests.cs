using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>What the log of a real server tells an operator.</summary>
public sealed partial class LogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task It_tells_the_start_who_came_who_was_refused_who_was_taken_over_and_the_stop()
    {
        await File.WriteAllTextAsync(_folder.File("jochat.conf"), "jochat {}");
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--config", "jochat.conf", "JOCHAT__SESSION__GUESTTIMEOUT=50s");
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.SignUpAsync("ada");
        await ada.LogInAsync("ada");
        using var other = await RawClient.ConnectAsync(gateway.Port, from: "127.0.0.2");
        await other.AskAsync(new LogIn("ada", new Secret("wrong")));
        await other.AskAsync(new LogIn("ada", new Secret("pw-ada"), Takeover: true));
        await gateway.LogLineAsync("was taken over");
        await gateway.StopAsync();

        Assert.Equal(
        [
            $"""JoChat.Gateway[4041] JoChat {gateway.FirstLine.Split(' ')[1]} has started, process {gateway.ProcessId} on .NET {Environment.Version}; its settings are from the file {_folder.File("jochat.conf")}, the environment (jochat.SESSION.GUESTTIMEOUT), the command line (jochat.accounts.password-iterations, jochat.gateway.port, jochat.http.port)""",
            "JoChat.Actors[3041] \"ada\" at 127.0.0.1 signed up",
            "JoChat.Actors[3041] \"ada\" at 127.0.0.1 logged in with its password",
            "JoChat.Actors[3042] Log-in refused from 127.0.0.2: wrong password, \"ada\"",
            "JoChat.Gateway[4042] Asked to stop by SIGTERM",
            "JoChat.Gateway[4043] Stopped, status 0",
            "JoChat.Actors[3041] \"ada\" at 127.0.0.1 was taken over by another log-in",
            "JoChat.Actors[3041] \"ada\" at 127.0.0.2 logged in with its password",
        ],
        gateway.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Prefix().Replace(line, ""))
            .OrderBy(line => line.Contains("127.0.0.2 logged in", StringComparison.Ordinal)
                || line.Contains("taken over", StringComparison.Ordinal)) // two sessions tell them, in any order
            .ThenBy(line => line.Contains("127.0.0.2 logged in", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task No_secret_is_in_it_at_any_level()
    {
        var httpPort = FreePort.Find();
        await File.WriteAllTextAsync(_folder.File("given"), "given-to-her\n");
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--http-port", $"{httpPort}", "--set", "jochat.log-level=trace", "--set", "jochat.actors.log-level=debug");
        var secrets = new List<string> { "pw-ada", "typed-in-the-wrong-field", "guessed", "another-one", "given-to-her", "what she wrote" };
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.SignUpAsync("ada");
        await ada.AskAsync(new LogIn("typed-in-the-wrong-field", new Secret("guessed")));
        await ada.AskAsync(new LogIn("ada", new Secret("guessed")));
        var login = Assert.IsType<LoggedIn>(await ada.AskAsync(new LogIn("ada", new Secret("pw-ada"), WantsToken: true)));
        secrets.Add(login.ResumeToken!.Value.Value);
        await ada.SendMessageAsync("ada", "ada", "what she wrote");
        Assert.IsType<PasswordChanged>(await ada.AskAsync(new ChangePassword(new Secret("pw-ada"), new Secret("another-one"))));
        using var other = await RawClient.ConnectAsync(gateway.Port);
        await other.AskAsync(new Resume(login.ResumeToken.Value)); // revoked by the change
        await other.SendAsync("""{"type":"log_in","data":{"username":"ada","password":"pw-ada""");
        secrets.Add(await LogInByWebAsync(httpPort, "another-one"));
        var said = await GatewayProcess.SucceedAsync(_folder.Path, "accounts", "reset-password", "ada");
        secrets.Add(said.Trim().Split(' ')[^1]);
        await GatewayProcess.SucceedAsync(_folder.Path, "accounts", "reset-password", "ada", "--password-file", "given");
        using var third = await RawClient.ConnectAsync(gateway.Port);
        Assert.IsType<LoggedIn>(await third.AskAsync(new LogIn("ada", SentPassword.Of("given-to-her"))));
        secrets.Add(SentPassword.Of("given-to-her").Value);
        Assert.IsType<AccountDeleted>(await third.AskAsync(new DeleteAccount(SentPassword.Of("given-to-her"))));
        await gateway.LogLineAsync("deleted its account");
        Assert.Equal(0, await gateway.StopAsync());

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, gateway.Errors, StringComparison.Ordinal));
        Assert.Contains(" dbug: ", gateway.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_JSON_each_line_is_an_object_from_which_programs_read_address_and_account()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--set", "jochat.log-format=json");
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.SignUpAsync("ada");
        await ada.AskAsync(new LogIn("ada", new Secret("wrong")));
        await gateway.LogLineAsync("Log-in refused");

        var lines = gateway.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
        var refused = lines.Single(line => (int)line["EventId"]! == 3042);
        Assert.Equal(("127.0.0.1", "wrong password", "ada"),
            ((string?)refused["State"]!["Address"], (string?)refused["State"]!["Reason"], (string?)refused["State"]!["Account"]));
        Assert.True(DateTimeOffset.TryParse((string?)refused["Timestamp"], out var time));
        Assert.InRange((DateTimeOffset.UtcNow - time).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [LinuxFact]
    public async Task The_documented_filter_of_fail2ban_finds_who_guesses_and_nobody_else()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "operations.md"));
        var filter = FailRegex().Match(document).Groups[1].Value.Trim();
        var failure = new Regex(filter.Replace("<SUBNET>", @"(?<address>[0-9a-f.:]+(/\d+)?)", StringComparison.Ordinal));
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bad = await RawClient.ConnectAsync(gateway.Port, from: "127.0.0.66");
        await bad.AskAsync(new LogIn("ada", new Secret("wrong")));
        await bad.AskAsync(new LogIn("nobody", new Secret("wrong")));
        await bad.AskAsync(new Resume(new Secret("made up")));
        for (var i = 0; i < 9; i++) { await bad.AskAsync(new LogIn("ada", new Secret("wrong"))); }
        using var late = await RawClient.ConnectAsync(gateway.Port, from: "127.0.0.77");
        await late.AskAsync(new LogIn("ada", new Secret("pw-ada"))); // without a take-over
        await gateway.LogLineAsync("127.0.0.77");

        var found = gateway.Errors.Split('\n').Select(line => failure.Match(line)).Where(match => match.Success);

        Assert.Equal(Enumerable.Repeat("127.0.0.66", 11), found.Select(match => match.Groups["address"].Value));
    }

    private static async Task<string> LogInByWebAsync(int port, string password)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = JsonContent.Create(new { username = "ada", password, takeover = true }),
        };
        request.Headers.Add("Origin", $"http://127.0.0.1:{port}");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split('=', 2)[1].Split(';')[0];
    }

    [GeneratedRegex("^.* info: ")]
    private static partial Regex Prefix();

    [GeneratedRegex("^failregex = (.*)$", RegexOptions.Multiline)]
    private static partial Regex FailRegex();
}
