using System.Diagnostics;

namespace JoChat.EndToEnd.Tests;

/// <summary>A disk without room: senders are told, nothing acknowledged is lost, and it is over when there is room.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class DiskFullTests : IDisposable
{
    private static readonly string[] NoFloor = ["--set", "jochat.storage.min-free=0"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [MountFact]
    public async Task Senders_are_refused_while_the_disk_is_full_and_served_when_it_is_not()
    {
        using var disk = Mount.Memory(_folder.Path, kibibytes: 8 * 1024);
        var acknowledged = new List<string>();
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, NoFloor))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            await ada.SignUpAsync("bob");
            await SendAsync(ada, acknowledged, count: 10);
            FillDisk();
            await SendUntilRefusedAsync(ada, acknowledged);

            await AskForTokensUntilRefusedAsync(gateway.Port);
            using var bob = await RawClient.ConnectAsync(gateway.Port);
            Assert.Null(await CodeAsync(bob, "login", new { username = "bob", password = "pw-bob", takeover = true }));
            Assert.Equal(acknowledged, await HistoryAsync(bob, "ada"));

            File.Delete(_folder.File("filler"));
            await SendAsync(ada, acknowledged, count: 50);
            Assert.Equal(acknowledged, await HistoryAsync(bob, "ada"));
            await gateway.KillAsync();
        }

        await using var restarted = await GatewayProcess.StartAsync(_folder.Path, NoFloor);
        using var reader = await RawClient.ConnectAsync(restarted.Port);
        await reader.LogInAsync("ada");
        Assert.Equal(acknowledged, await HistoryAsync(reader, "bob"));
    }

    [MountFact]
    public async Task A_start_on_a_full_disk_is_refused_in_one_line_and_works_when_there_is_room()
    {
        using var disk = Mount.Memory(_folder.Path, kibibytes: 4 * 1024);
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, NoFloor)) { await gateway.StopAsync(); }
        FillDisk();

        var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, NoFloor);
        File.Delete(_folder.File("filler"));
        await using var started = await GatewayProcess.StartAsync(_folder.Path, NoFloor);

        Assert.Equal(1, exitCode);
        Assert.Equal(string.Empty, output);
        Assert.Contains(
            "the disk is full; free some space on it", Assert.Single(errors.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
    }

    [MountFact]
    public async Task Below_the_floor_of_free_space_nothing_is_taken_and_reading_and_deleting_go_on()
    {
        using var disk = Mount.Memory(_folder.Path, kibibytes: 256 * 1024);
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.storage.min-free=200MiB");
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        await ada.SignUpAsync("bob");
        var stored = new { sender = "ada", recipient = "bob", content = "stored", client_id = "c1" };
        Assert.Null(await CodeAsync(ada, "send_message", stored));

        FillDisk(but: 190 * 1024 * 1024); // enough for what is stored until it is looked at
        await AskUntilAsync(ada, "storage_full");
        using var bob = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal("storage_full", await CodeAsync(bob, "signup", new { username = "eve", password = "pw" }));
        Assert.Null(await CodeAsync(ada, "send_message", stored)); // it was answered so before
        Assert.Null(await CodeAsync(bob, "login", new { username = "bob", password = "pw-bob" }));
        Assert.Equal("stored", (await HistoryAsync(bob, "ada"))[0]);
        Assert.Null(await CodeAsync(bob, "delete_from", new { username = "ada" }));
        Assert.Empty(await HistoryAsync(bob, "ada"));

        File.Delete(_folder.File("filler"));
        await AskUntilAsync(ada, code: null);
        Assert.Null(await CodeAsync(bob, "signup", new { username = "eve2", password = "pw" }));
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal(1, CountOf("Too little disk space is free"));
        Assert.Equal(1, CountOf("Enough disk space is free again"));

        int CountOf(string line) => gateway.Errors.Split(line).Length - 1;
    }

    // It is looked at once a second.
    private static async Task AskUntilAsync(RawClient ada, string? code)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await CodeAsync(ada, "send_message", new { sender = "ada", recipient = "ada", content = "?" }) != code)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), $"It is not answered by {code}.");
        }
    }

    private static async Task SendAsync(RawClient ada, List<string> acknowledged, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Null(await CodeAsync(ada, "send_message", Message(acknowledged)));
            acknowledged.Add($"{acknowledged.Count}");
        }
    }

    private static async Task SendUntilRefusedAsync(RawClient ada, List<string> acknowledged)
    {
        while (true)
        {
            var code = await CodeAsync(ada, "send_message", Message(acknowledged));
            if (code is not null)
            {
                Assert.Equal("storage_unavailable", code);
                return;
            }
            acknowledged.Add($"{acknowledged.Count}");
        }
    }

    // What was emptied of the log is written once more, so that some still fit.
    private static async Task AskForTokensUntilRefusedAsync(int port)
    {
        string? code = null;
        while (code is null)
        {
            using var bob = await RawClient.ConnectAsync(port);
            code = await CodeAsync(bob, "login",
                new { username = "bob", password = "pw-bob", takeover = true, resume = true });
        }
        Assert.Equal("storage_unavailable", code);
    }

    private static object Message(List<string> acknowledged) =>
        new { sender = "ada", recipient = "bob", content = $"{acknowledged.Count}" };

    private static async Task<string?> CodeAsync(RawClient client, string operation, object data) =>
        (string?)(await client.AskAsync(operation, data))["code"];

    private static async Task<string[]> HistoryAsync(RawClient client, string with)
    {
        var answer = await client.AskAsync("history", new { with, count = 500 });
        return [.. answer["messages"]!.AsArray().Select(message => (string)message!["content"]!)];
    }

    private void FillDisk(long but)
    {
        using var filler = File.Create(_folder.File("filler"), bufferSize: 0);
        var free = new DriveInfo(_folder.Path).AvailableFreeSpace - but;
        for (long written = 0; written < free; written += 4096) { filler.Write(new byte[4096]); }
    }

    private void FillDisk()
    {
        using var filler = File.Create(_folder.File("filler"), bufferSize: 0);
        var bytes = new byte[4096];
        try
        {
            while (true) { filler.Write(bytes); }
        }
        catch (IOException) { } // full
    }
}
