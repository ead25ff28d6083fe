using System.Globalization;
using System.Text.Json;
using JoChat.Cli.State;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary><c>jochat login</c> and <c>logout</c>, and the verbs between them.</summary>
public sealed class SavedLoginTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnsweringServer _server = new();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task After_a_login_verbs_need_neither_name_nor_password_and_keep_the_token()
    {
        await LogInAsync();

        var run = await RunAsync("send", "bob", "hi");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        Assert.Equal("hi", Assert.Single(_server.Requests.OfType<SendMessage>()).Content);
        Assert.Equal("token", Assert.Single(_server.Requests.OfType<Resume>()).Token?.Value);
        Assert.DoesNotContain(_server.Requests, request => request is LogOut); // would revoke it
    }

    [LinuxFact]
    public async Task A_login_is_kept_where_only_its_owner_may_read()
    {
        await LogInAsync();

        if (OperatingSystem.IsWindows()) { return; } // for the compiler
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, "jochat")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_password_that_is_given_goes_before_the_login_that_is_kept()
    {
        await LogInAsync();

        await RunAsync("inbox", "--user", "ada", "--password-file", "-");

        Assert.Empty(_server.Requests.OfType<Resume>());
    }

    [Fact]
    public async Task Another_account_does_not_get_the_login_that_is_kept()
    {
        await LogInAsync();

        var run = await RunAsync("inbox", "--user", "eve");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(_server.Requests.OfType<Resume>());
    }

    [Fact]
    public async Task A_login_that_was_kept_while_an_older_one_was_refused_stays()
    {
        await LogInAsync();
        var logins = new SavedLogins(new StateFolder(Path.Combine(_folder.Path, "jochat")));
        var server = new ServerAddress("127.0.0.1", _server.Port);
        _server.On<Resume>(request =>
        {
            logins.Replace(server, new SavedLogin("ada", new Secret("newer"))); // by an older version
            return new Refused(request.Operation, ErrorCode.InvalidToken, "Invalid token.");
        });

        await RunAsync("inbox");

        Assert.Equal("newer", logins.Find(server, "ada")?.Token.Value);
    }

    [Fact]
    public async Task A_login_that_the_server_has_revoked_is_told_of_once()
    {
        await LogInAsync();
        _server.On<Resume>(request => new Refused(request.Operation, ErrorCode.InvalidToken, "Invalid token."));

        var first = await RunAsync("inbox", "--json");
        var second = await RunAsync("inbox");

        Assert.Equal((ExitCode.NotLoggedIn, ExitCode.Usage), (first.ExitCode, second.ExitCode));
        using var error = JsonDocument.Parse(first.Error);
        var told = error.RootElement.GetProperty("error");
        Assert.Equal("not_logged_in", told.GetProperty("code").GetString());
        Assert.Contains("jochat login", told.GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logout_revokes_the_login_and_forgets_it()
    {
        await LogInAsync();

        var run = await RunAsync("logout");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(Operation.LogOut, _server.Requests.Last().Operation);
        Assert.Equal(ExitCode.NotLoggedIn, (await RunAsync("logout")).ExitCode);
    }

    [Fact]
    public async Task A_login_that_the_server_does_not_know_any_more_is_forgotten_by_a_logout()
    {
        await LogInAsync();
        _server.On<Resume>(request => new Refused(request.Operation, ErrorCode.InvalidToken, "Invalid token."));

        Assert.Equal(ExitCode.Done, (await RunAsync("logout")).ExitCode);
        Assert.Equal(ExitCode.NotLoggedIn, (await RunAsync("logout")).ExitCode);
    }

    [Fact]
    public async Task A_logout_that_does_not_reach_the_server_keeps_the_login()
    {
        await LogInAsync();
        _server.On<Resume>(_ => null);
        Assert.Equal(ExitCode.Unreachable, (await RunAsync("logout")).ExitCode);

        _server.On<Resume>(AnsweringServer.Usually);
        Assert.Equal(ExitCode.Done, (await RunAsync("logout")).ExitCode);
    }

    [Fact]
    public async Task A_damaged_file_is_no_login()
    {
        await LogInAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, "jochat"))) { await File.WriteAllTextAsync(file, "["); }

        Assert.Equal(ExitCode.Usage, (await RunAsync("inbox")).ExitCode);
    }

    [Fact]
    public async Task A_change_of_the_password_renews_the_login()
    {
        await LogInAsync();
        _server.On<ChangePassword>(_ => new PasswordChanged());
        var file = Path.Combine(_folder.Path, "new");
        await File.WriteAllTextAsync(file, "other\n");

        var run = await RunAsync("password", "--password-file", "-", "--new-password-file", file);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Single(_server.Requests.OfType<ChangePassword>());
        Assert.Equal([true, false, true], _server.Requests.OfType<LogIn>().Select(login => login.WantsToken));
    }

    [Fact]
    public async Task A_login_revokes_the_one_that_it_replaces_once_it_is_kept()
    {
        HasTokens("first", "second");
        await LogInAsync();
        _server.On<Resume>(request =>
        {
            Assert.Equal("second", Kept()); // a login that is revoked before would be lost if this were the end
            return AnsweringServer.Usually(request);
        });

        await LogInAsync();

        Assert.Equal("first", Assert.Single(_server.Requests.OfType<Resume>()).Token?.Value);
        Assert.Equal(Operation.LogOut, _server.Requests.Last().Operation);
        Assert.Equal("second", Kept());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_login_is_kept_though_the_one_before_cannot_be_revoked(bool hangsUp)
    {
        HasTokens("first", "second");
        await LogInAsync();
        _server.On<Resume>(request =>
            hangsUp ? null : new Refused(request.Operation, ErrorCode.InvalidToken, "Invalid token."));

        await LogInAsync();

        Assert.Equal("second", Kept());
    }

    [Fact]
    public async Task A_login_that_connects_twice_warns_once()
    {
        string[] login = ["login", "--user", "ada", "--password-file", "-", "--host", "0.0.0.0", "--json"];
        HasTokens("first", "second");
        await RunAsync(login);

        var run = await RunAsync(login);

        Assert.Single(_server.Requests.OfType<Resume>());
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private void HasTokens(params string[] tokens)
    {
        var next = 0;
        _server.On<LogIn>(_ => new LoggedIn(0, new Secret(tokens[next++])));
    }

    private string? Kept() => new SavedLogins(new StateFolder(Path.Combine(_folder.Path, "jochat")))
        .Find(new ServerAddress("127.0.0.1", _server.Port), "ada")?.Token.Value;

    private async Task LogInAsync() => Assert.Equal(
        ExitCode.Done, (await RunAsync("login", "--user", "ada", "--password-file", "-")).ExitCode);

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(
        new StringReader("pw\n"),
        [.. arguments, "--port", _server.Port.ToString(CultureInfo.InvariantCulture)],
        environment => environment with { Variable = name => name == "XDG_STATE_HOME" ? _folder.Path : null });
}
