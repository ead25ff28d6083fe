namespace JoChat.EndToEnd.Tests;

/// <summary>The gateway over a real PostgreSQL, which fails as servers do.</summary>
[Trait("Speed", "Slow")]
public sealed class PostgresTests : IDisposable
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
    public async Task An_acknowledged_message_survives_kill_9_and_waits_as_away()
    {
        var database = Cluster.CreateDatabase();
        await using (var gateway = await StartAsync($"{database};Password=secret"))
        {
            Assert.EndsWith(
                $"; messages are kept in PostgreSQL database jochat1 at 127.0.0.1:{Cluster.Port}", gateway.FirstLine,
                StringComparison.Ordinal);
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            using var bob = await RawClient.EnterAsync(gateway.Port, "bob"); // online, but never reads
            Assert.Equal("ok", await SendAsync(ada, "bob", "keep me"));
            await gateway.KillAsync();
        }

        await using var restarted = await StartAsync(database);
        using var reader = await RawClient.ConnectAsync(restarted.Port);

        Assert.Equal(1, await reader.LogInAsync("bob"));
        var away = await reader.AskAsync("fetch_away_msgs", null);
        Assert.Equal("keep me", (string?)away["msg"]![0]!["content"]);
        Assert.Equal(0, await restarted.StopAsync());
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_writes_does_not_notice_that_the_database_was_restarted(bool isKilled)
    {
        await using var gateway = await StartAsync(Cluster.CreateDatabase());
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        Assert.Equal("ok", await SendAsync(ada, "ada", "before"));
        string? answer;
        var restarts = 0;
        do
        {
            if (isKilled) { Cluster.Kill(); }
            else { Cluster.Stop(); }
            Cluster.Restart();
            answer = await SendAsync(ada, "ada", "after");
        }
        while (answer == "storage_unavailable" && ++restarts < 3); // upkeep has found it gone meanwhile

        Assert.Equal("ok", answer);
        Assert.Equal("2", Cluster.Execute("jochat1", "SELECT count(*) FROM messages"));
        Assert.Equal(0, await gateway.StopAsync());
    }

    [PostgresFact]
    public async Task While_the_database_is_gone_senders_are_refused_and_then_it_goes_on()
    {
        await using var gateway = await StartAsync(Cluster.CreateDatabase());
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bob = await RawClient.ConnectAsync(gateway.Port);
        Cluster.Stop();

        Assert.Equal("storage_unavailable", await SendAsync(ada, "ada", "refused"));
        Cluster.Restart();
        while (await SendAsync(ada, "ada", "stored") is var answer && answer != "ok")
        {
            Assert.Equal("storage_unavailable", answer); // it is not tried again at once
        }

        Assert.Equal("stored", Cluster.Execute("jochat1", "SELECT convert_from(content, 'UTF8') FROM messages"));
        await bob.SignUpAsync("bob");
    }

    [PostgresFact]
    public async Task A_second_gateway_is_refused_and_the_first_goes_on()
    {
        var database = Cluster.CreateDatabase();
        await using var gateway = await StartAsync(database);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path, Arguments(database));

        Assert.Equal(1, exitCode);
        Assert.Contains(": another gateway uses it, from 127.0.0.1 (backend ", errors, StringComparison.Ordinal);
        Assert.Equal("ok", await SendAsync(ada, "ada", "hello"));
    }

    [PostgresFact]
    public async Task A_gateway_that_another_has_taken_over_from_answers_nobody_and_ends()
    {
        await using var gateway = await StartAsync(Cluster.CreateDatabase());
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        Cluster.Execute("jochat1", "UPDATE writer SET epoch = epoch + 1, owner = gen_random_uuid()");

        await ada.SendAsync(Wire.Request("send_message", new { sender = "ada", recipient = "ada", content = "hello" }));

        Assert.Equal(1, await gateway.EndAsync());
        Assert.Null(await ada.ReceiveAsync());
        Assert.Contains(
            "Stopped, status 1: another gateway has taken over PostgreSQL database jochat1", gateway.Errors,
            StringComparison.Ordinal);
        Assert.Equal("0", Cluster.Execute("jochat1", "SELECT count(*) FROM messages"));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=chat;Username=chat;Password=secret", 1, "the server cannot be reached")]
    [InlineData("Hots=127.0.0.1;Password=secret", 2, "jochat.storage.postgres.connection-string: ")]
    [InlineData("", 2, "jochat.storage.postgres.connection-string: is missing")]
    public async Task A_database_that_is_not_there_is_told_without_its_password(
        string database, int status, string told)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, Arguments(database));

        Assert.Equal(status, exitCode);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output + errors, StringComparison.Ordinal);
    }

    private Task<GatewayProcess> StartAsync(string database) =>
        GatewayProcess.StartAsync(_folder.Path, Arguments(database));

    private static string[] Arguments(string database) =>
        ["--set", "jochat.storage.engine=postgres", "--set", $"jochat.storage.postgres.connection-string={database}"];

    // The status if it is stored, else the code of the refusal.
    private static async Task<string?> SendAsync(RawClient client, string recipient, string content)
    {
        var answer = await client.AskAsync("send_message", new { sender = "ada", recipient, content });
        return (string?)answer["code"] ?? (string?)answer["status"];
    }
}
