using System.Runtime.Versioning;

namespace JoChat.EndToEnd.Tests;

/// <summary>The database that a gateway writes to is the one that its name leads to, and nobody else's.</summary>
[Trait("Speed", "Slow")]
[UnsupportedOSPlatform("windows")] // which keeps an open file where it is
public sealed class DatabaseInPlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("chat.db");

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData("moved")]
    [InlineData("moved with its WAL")]
    [InlineData("moved behind a link")]
    [InlineData("deleted")]
    [InlineData("deleted with all beside it")]
    [InlineData("replaced")]
    [InlineData("WAL deleted")]
    [InlineData("WAL replaced")]
    public async Task A_database_that_is_no_longer_in_place_ends_the_service_before_it_acknowledges(string change)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        await ada.SendMessageAsync("ada", "ada", "before");

        Change(change);

        Assert.Null(await AnswerAsync(ada));
        Assert.Equal(1, await gateway.EndAsync());
        var told = gateway.Complaints.Split('\n');
        Assert.Contains(
            $"{(change.StartsWith("WAL", StringComparison.Ordinal) ? Database + "-wal" : Database)} was moved, ",
            Assert.Single(told), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_folder_that_was_renamed_ends_the_service()
    {
        var folder = Directory.CreateDirectory(_folder.File("data")).FullName;
        await using var gateway = await GatewayProcess.StartAsync(folder);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        Directory.Move(folder, _folder.File("old"));

        Assert.Null(await AnswerAsync(ada));
        Assert.Equal(1, await gateway.EndAsync());
    }

    [LinuxFact]
    public async Task A_link_to_the_database_that_leads_elsewhere_ends_the_service()
    {
        File.CreateSymbolicLink(_folder.File("link.db"), Database);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "link.db");
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        File.Delete(_folder.File("link.db"));
        File.CreateSymbolicLink(_folder.File("link.db"), _folder.File("other.db"));

        Assert.Null(await AnswerAsync(ada));
        Assert.Equal(1, await gateway.EndAsync());
    }

    [LinuxFact]
    public async Task A_gateway_that_nobody_uses_ends_when_its_database_is_deleted()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        Change("deleted");

        Assert.Equal(1, await gateway.EndAsync());
        Assert.Contains("chat.db was moved, ", gateway.Errors, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public async Task A_stop_says_that_the_database_is_no_longer_in_place(string change)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        Change(change);

        Assert.Equal(1, await gateway.StopAsync());
        Assert.Contains("chat.db was moved, ", gateway.Errors, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("moved")]
    [InlineData("WAL deleted")]
    public async Task What_was_acknowledged_before_is_in_the_file_without_its_WAL(string change)
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            await ada.SendMessageAsync("ada", "ada", "before");
            Change(change);
            await AnswerAsync(ada);
            await gateway.EndAsync();
        }
        var file = change == "moved" ? _folder.File("moved.db") : Database;

        await using var restarted = await GatewayProcess.StartAsync(_folder.Path, "--db", file);
        using var reader = await RawClient.ConnectAsync(restarted.Port);

        Assert.InRange(await reader.LogInAsync("ada"), 1, 2);
    }

    [LinuxFact]
    public async Task A_backup_put_in_place_keeps_what_is_in_its_own_WAL()
    {
        await MakeKilledAsync("backup.db", "kept");
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            await ada.SendMessageAsync("ada", "ada", "before");
            File.Move(_folder.File("backup.db"), Database, overwrite: true);
            File.Move(_folder.File("backup.db-wal"), Database + "-wal", overwrite: true);
            await AnswerAsync(ada);
            await gateway.EndAsync();
        }

        await using var restarted = await GatewayProcess.StartAsync(_folder.Path);
        using var reader = await RawClient.ConnectAsync(restarted.Port);

        Assert.Equal(1, await reader.LogInAsync("kept"));
    }

    [LinuxFact]
    public async Task A_second_gateway_is_refused_although_the_lock_file_is_gone()
    {
        await using var first = await GatewayProcess.StartAsync(_folder.Path);
        File.Delete(Database + "-lock");

        await AssertInUseAsync("chat.db");
        await AssertInUseAsync("chat.db"); // the refused one has made a new lock file
    }

    [LinuxFact(tool: "ln")]
    public async Task A_second_gateway_is_refused_on_a_hard_link()
    {
        await using var first = await GatewayProcess.StartAsync(_folder.Path);
        await LinkAsync(Database, "other.db");

        await AssertTwoNamesAsync("other.db");
        using var ada = await RawClient.EnterAsync(first.Port, "ada"); // the first goes on
    }

    [LinuxFact(tool: "ln")]
    public async Task A_database_with_two_names_is_refused_until_one_is_gone()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path)) { await gateway.StopAsync(); }
        await LinkAsync(Database, "other.db");

        await AssertTwoNamesAsync("chat.db");
        await AssertTwoNamesAsync("other.db");
        File.Delete(_folder.File("other.db"));
        await using var started = await GatewayProcess.StartAsync(_folder.Path);
    }

    [LinuxFact]
    public async Task A_database_that_others_could_read_is_for_its_owner_alone_after_a_start()
    {
        await MakeKilledAsync("chat.db", "ada");
        const UnixFileMode everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        string[] files = [Database, Database + "-wal", Database + "-shm", Database + "-lock"];
        foreach (var file in files) { File.SetUnixFileMode(file, everyone); }

        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        Assert.All(files, file => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [LinuxFact]
    public async Task A_lock_file_that_is_a_link_is_refused_and_what_it_leads_to_is_untouched()
    {
        await File.WriteAllTextAsync(_folder.File("precious"), "keep me");
        File.CreateSymbolicLink(Database + "-lock", _folder.File("precious"));

        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("chat.db-lock is a link; delete it", errors, StringComparison.Ordinal);
        Assert.Equal("keep me", await File.ReadAllTextAsync(_folder.File("precious")));
    }

    private void Change(string change)
    {
        var (wal, aside) = (Database + "-wal", _folder.File("moved.db"));
        switch (change)
        {
            case "moved": File.Move(Database, aside); break;
            case "moved with its WAL":
                File.Move(Database, aside);
                File.Move(wal, aside + "-wal");
                break;
            case "moved behind a link":
                File.Move(Database, aside);
                File.CreateSymbolicLink(Database, aside);
                break;
            case "deleted": File.Delete(Database); break;
            case "deleted with all beside it":
                foreach (var file in Directory.GetFiles(_folder.Path, "chat.db*")) { File.Delete(file); }
                break;
            case "replaced":
                File.Copy(Database, aside);
                File.Move(aside, Database, overwrite: true);
                break;
            case "WAL deleted": File.Delete(wal); break;
            default:
                File.Copy(wal, aside);
                File.Move(aside, wal, overwrite: true);
                break;
        }
    }

    // Null if the connection was closed instead.
    private static async Task<string?> AnswerAsync(RawClient ada)
    {
        try
        {
            return await ada.AskAsync(
                Wire.Request("send_message", new { sender = "ada", recipient = "ada", content = "after" }));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // A database whose messages are in its WAL, as a killed gateway leaves one.
    private async Task MakeKilledAsync(string name, string user)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", name);
        using var client = await RawClient.EnterAsync(gateway.Port, user);
        await client.SendMessageAsync(user, user, "kept");
        await gateway.KillAsync();
    }

    private async Task LinkAsync(string target, string name)
    {
        using var made = System.Diagnostics.Process.Start("ln", [target, _folder.File(name)]);
        await made.WaitForExitAsync().OrFail();
        Assert.Equal(0, made.ExitCode);
    }

    private Task AssertInUseAsync(string name) =>
        AssertRefusedAsync(name, $"{name} is in use by another JoChat gateway");

    private Task AssertTwoNamesAsync(string name) => AssertRefusedAsync(name, $"{name} has 2 names (hard links), ");

    private async Task AssertRefusedAsync(string name, string reason)
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path, "--db", name);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }
}
