using System.Globalization;
using System.Text.RegularExpressions;
using JoChat.Protocol;
using Microsoft.Data.Sqlite;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway migrate</c>, between a real file and a real PostgreSQL.</summary>
[Trait("Speed", "Slow")]
public sealed class MigrateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<PostgresCluster> _cluster = new(() => new PostgresCluster());

    private PostgresCluster Cluster => _cluster.Value;

    public void Dispose()
    {
        if (_cluster.IsValueCreated) { _cluster.Value.Dispose(); }
        _folder.Dispose();
    }

    [PostgresFact]
    public async Task People_stay_logged_in_and_keep_their_messages_there_and_back()
    {
        var database = Cluster.CreateDatabase();
        Secret token;
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            token = await SignUpWithTokenAsync(gateway);
            Assert.Equal(0, await gateway.StopAsync());
        }

        var (exitCode, output, errors) = await MigrateAsync("postgres", database, "--manifest", "there");

        Assert.Equal((0, ""), (exitCode, ButProgress(errors)));
        Assert.Matches(
            @"^Moved 2 accounts and 2 messages \(2 pairs of sender and recipient\) from .*chat\.db to PostgreSQL database "
            + @"jochat1 at .*\. The manifest of both is [0-9a-f]{64}\nNext: set jochat\.storage\.engine = postgres,", output);
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, OnPostgres(database)))
        {
            token = await ResumeAndReadAsync(gateway, token);
            Assert.Equal(0, await gateway.StopAsync());
        }
        var back = await MigrateAsync("sqlite", database, "--db", "back.db");
        Assert.Equal((0, ""), (back.ExitCode, ButProgress(back.Errors)));
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "back.db"))
        {
            await ResumeAndReadAsync(gateway, token);
            Assert.Equal(0, await gateway.StopAsync());
        }
    }

    [PostgresFact]
    public async Task Killed_in_the_middle_it_goes_on_and_no_gateway_starts_before_it_is_finished()
    {
        var database = Cluster.CreateDatabase();
        const int Messages = 300_000;
        await FillAsync(Messages);
        await using (var killed = GatewayProcess.Launch(_folder.Path, Migrate("postgres", database)))
        {
            while (CountIn("jochat1", "messages") == 0) { Assert.False(killed.HasExited, killed.Errors); }
            await killed.KillAsync();
        }
        var copied = CountIn("jochat1", "messages");
        Assert.InRange(copied, 1, Messages - 1);

        var refused = await GatewayProcess.RunAsync(_folder.Path, OnPostgres(database));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            ": a move into it is not finished; run jochat-gateway migrate again", refused.Errors, StringComparison.Ordinal);
        var (exitCode, output, errors) = await MigrateAsync("postgres", database, "--manifest", "there");

        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain("copied again", errors, StringComparison.Ordinal);
        Assert.StartsWith($"Moved 1 accounts and {Messages} messages (1 pairs ", output, StringComparison.Ordinal);
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, OnPostgres(database)))
        {
            Assert.Equal(0, await gateway.StopAsync());
        }
        var back = await MigrateAsync("sqlite", database, "--db", "back.db", "--manifest", "back");
        Assert.True(back.ExitCode == 0, back.Errors);
        Assert.Equal(
            await File.ReadAllTextAsync(_folder.File("there")), await File.ReadAllTextAsync(_folder.File("back")));
    }

    [PostgresFact]
    public async Task A_gateway_that_runs_on_either_side_is_refused()
    {
        var database = Cluster.CreateDatabase();
        await using (await GatewayProcess.StartAsync(_folder.Path))
        {
            var (exitCode, output, errors) = await MigrateAsync("postgres", database);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Contains(" is in use by another JoChat gateway (process ", errors, StringComparison.Ordinal);
        }
        await using (await GatewayProcess.StartAsync(_folder.Path, OnPostgres(database)))
        {
            var (exitCode, output, errors) = await MigrateAsync("postgres", database);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Contains(": another gateway uses it, from ", errors, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task A_server_that_goes_away_is_told_and_the_move_goes_on()
    {
        var database = Cluster.CreateDatabase();
        await FillAsync(300_000);
        await using (var failing = GatewayProcess.Launch(_folder.Path, Migrate("postgres", database)))
        {
            while (CountIn("jochat1", "messages") == 0) { Assert.False(failing.HasExited, failing.Errors); }
            Cluster.Kill();
            Assert.Equal(1, await failing.EndAsync());
            Assert.Contains("jochat-gateway: cannot ", failing.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", failing.Errors, StringComparison.Ordinal);
        }
        Cluster.Restart();

        Assert.Equal(0, (await MigrateAsync("postgres", database)).ExitCode);
    }

    [LinuxFact]
    public async Task Wrong_usage_is_told_with_status_2()
    {
        Assert.Contains("'--to' is required", await RefuseAsync("migrate"), StringComparison.Ordinal);
        Assert.Contains(
            "--to takes postgres or sqlite", await RefuseAsync("migrate", "--to", "mysql"), StringComparison.Ordinal);
        Assert.Contains(
            "connection-string: is missing", await RefuseAsync("migrate", "--to", "sqlite"), StringComparison.Ordinal);
        Assert.Contains(
            "jochat.storage.postgres.connection-string: ", await RefuseAsync(Migrate("sqlite", "Hots=h")),
            StringComparison.Ordinal);
        Assert.Contains(
            "there is no such setting",
            await RefuseAsync([.. Migrate("sqlite", "Host=h"), "--set", "jochat.storage.no=1"]), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_manifest_replaces_nothing_but_a_manifest()
    {
        await File.WriteAllTextAsync(_folder.File("mine.txt"), "mine");

        var (exitCode, _, errors) = await MigrateAsync("postgres", "Host=127.0.0.1;Port=1", "--manifest", "mine.txt");

        Assert.Equal(1, exitCode);
        Assert.Contains("mine.txt is there already and is no manifest", errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.File("mine.txt")));
    }

    [LinuxFact]
    public async Task A_manifest_stays_as_it_is_if_the_next_move_fails()
    {
        await File.WriteAllTextAsync(_folder.File("before.txt"), "accounts 1");

        var (exitCode, _, _) = await MigrateAsync("postgres", "Host=127.0.0.1;Port=1", "--manifest", "before.txt");

        Assert.Equal(1, exitCode);
        Assert.Equal("accounts 1", await File.ReadAllTextAsync(_folder.File("before.txt")));
        Assert.False(File.Exists(_folder.File("before.txt.part")));
    }

    private async Task<string> RefuseAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        Assert.Equal((2, ""), (exitCode, output));
        return errors;
    }

    private Task<(int ExitCode, string Output, string Errors)> MigrateAsync(
        string to, string database, params string[] others) =>
        GatewayProcess.RunAsync(_folder.Path, [.. Migrate(to, database), .. others]);

    // It tells how far it has come when that takes more than a second.
    private static string ButProgress(string errors) => string.Join('\n', errors.Split('\n').Where(
        line => !Regex.IsMatch(line, "^jochat-gateway: [a-z_]+: [0-9]+ [a-z]+$"))).Trim();

    private static string[] Migrate(string to, string database) =>
        ["migrate", "--to", to, $"JOCHAT__STORAGE__POSTGRES__CONNECTIONSTRING={database}"];

    private static string[] OnPostgres(string database) =>
        ["--set", "jochat.storage.engine=postgres", "--set", $"jochat.storage.postgres.connection-string={database}"];

    private static async Task<Secret> SignUpWithTokenAsync(GatewayProcess gateway)
    {
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bob = await RawClient.ConnectAsync(gateway.Port);
        await bob.SignUpAsync("bob");
        Assert.IsType<Welcome>(await bob.AskAsync(new Hello("test", Features.Rotate)));
        await ada.SendMessageAsync("ada", "bob", "hello \0 \U0001F389");
        var login = Assert.IsType<LoggedIn>(await bob.AskAsync(new LogIn("bob", new Secret("pw-bob"), WantsToken: true)));
        await ada.SendMessageAsync("ada", "ada", "note");
        return login.ResumeToken!.Value;
    }

    private static async Task<Secret> ResumeAndReadAsync(GatewayProcess gateway, Secret token)
    {
        using var bob = await RawClient.ConnectAsync(gateway.Port);
        Assert.IsType<Welcome>(await bob.AskAsync(new Hello("test", Features.Rotate)));
        var resumed = Assert.IsType<Resumed>(await bob.AskAsync(new Resume(token)));
        Assert.Equal(("bob", 1), (resumed.Username, resumed.UnreadCount));
        var history = Assert.IsType<History>(await bob.AskAsync(new ReadHistory("ada", Before: null)));
        Assert.Equal("hello \0 \U0001F389", Assert.Single(history.Messages).Content);
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.LogInAsync("ada");
        return resumed.ResumeToken!.Value;
    }

    // One account that has sent itself many messages.
    private async Task FillAsync(int messages)
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            Assert.Equal(0, await gateway.StopAsync());
        }
        await using var file = new SqliteConnection($"Data Source={_folder.File("chat.db")};Pooling=False");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = FormattableString.Invariant($"""
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {messages})
            INSERT INTO messages (id, sender_id, recipient_id, content, sent_at) SELECT n, 1, 1, 'message ' || n, n FROM number;
            UPDATE last_message SET id = {messages}
            """);
        await command.ExecuteNonQueryAsync();
    }

    private long CountIn(string database, string table)
    {
        var isThere = Cluster.Execute(database, $"SELECT to_regclass('{table}') IS NOT NULL") == "t";
        return isThere
            ? long.Parse(Cluster.Execute(database, $"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture) : 0;
    }
}
