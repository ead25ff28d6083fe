using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway backup</c>, <c>verify</c> and <c>restore</c>, beside a server that serves.</summary>
[Trait("Speed", "Slow")]
public sealed class BackupProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task What_was_acknowledged_before_a_backup_began_is_there_when_it_is_restored()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await ada.SendMessageAsync("ada", "ada", FormattableString.Invariant($"message {sent + 1}"));
                Interlocked.Increment(ref sent);
            }
        });
        while (Volatile.Read(ref sent) < 100) { await Task.Yield(); }
        var before = Volatile.Read(ref sent);

        await SucceedAsync("backup", "kept.db");
        await stop.CancelAsync();
        await sending;
        Assert.Equal(0, await gateway.StopAsync());

        Assert.Contains(" is as it was made on ", await SucceedAsync("verify", "kept.db"), StringComparison.Ordinal);
        await SucceedAsync("restore", "kept.db", "--db", "again.db");
        await using var restored = await GatewayProcess.StartAsync(_folder.Path, "--db", "again.db");
        using var later = await RawClient.ConnectAsync(restored.Port);
        var waiting = await later.LogInAsync("ada");
        Assert.InRange(waiting, before, sent);
        var received = new List<HistoryMessage>();
        while (received.Count < waiting)
        {
            var page = Assert.IsType<InboxRead>(await later.AskAsync(
                new ReadInbox(After: received.Count == 0 ? 0 : received[^1].Id, Count: 100)));
            received.AddRange(page.Messages);
        }
        Assert.Equal(
            Enumerable.Range(1, received.Count).Select(number => FormattableString.Invariant($"message {number}")),
            received.Select(message => message.Content));
        await later.SendMessageAsync("ada", "ada", "new");
        var newest = Assert.IsType<InboxRead>(await later.AskAsync(new ReadInbox(After: received[^1].Id, Count: 100)));
        Assert.True(Assert.Single(newest.Messages).Id > sent, "a client that has seen more would take it for an old one");
    }

    [LinuxFact]
    public async Task A_changed_byte_has_verify_end_with_1_and_restore_put_nothing_in_place()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path)) { Assert.Equal(0, await gateway.StopAsync()); }
        await SucceedAsync("backup", "kept.db");
        var bytes = await File.ReadAllBytesAsync(_folder.File("kept.db"));
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(_folder.File("kept.db"), bytes);

        Assert.Contains("kept.db has changed since it was made: ", await FailAsync(1, "verify", "kept.db"), StringComparison.Ordinal);
        Assert.Contains(
            "kept.db is not as it was written", await FailAsync(1, "restore", "kept.db", "--db", "new.db"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "new.db*"));
    }

    [LinuxFact]
    public async Task What_cannot_be_done_is_told_in_one_line()
    {
        const string Postgres = "JOCHAT__STORAGE__POSTGRES__CONNECTIONSTRING=Host=h";
        string[] onPostgres = ["--set", "jochat.storage.engine=postgres", Postgres];

        Assert.Contains("pg_dump", await FailAsync(2, ["backup", "kept.db", .. onPostgres]), StringComparison.Ordinal);
        Assert.Contains("pg_restore", await FailAsync(2, ["restore", "kept.db", .. onPostgres]), StringComparison.Ordinal);
        Assert.Contains("there is no database ", await FailAsync(1, "backup", "kept.db"), StringComparison.Ordinal);
        Assert.Contains("there is no file kept.db", await FailAsync(1, "verify", "kept.db"), StringComparison.Ordinal);
        Assert.Contains("there is no file kept.db", await FailAsync(1, "restore", "kept.db"), StringComparison.Ordinal);
        Assert.Contains("--db is an option of the server", await FailAsync(2, "verify", "a", "--db", "b"), StringComparison.Ordinal);
        Assert.Contains("there is no such setting", await FailAsync(2, "backup", "a", "--set", "jochat.no=1"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    private Task<string> SucceedAsync(params string[] arguments) => GatewayProcess.SucceedAsync(_folder.Path, arguments);

    private Task<string> FailAsync(int status, params string[] arguments) =>
        GatewayProcess.FailAsync(status, _folder.Path, arguments);
}
