using JoChat.Load.Torture;

namespace JoChat.EndToEnd.Tests;

/// <summary>What was acknowledged is there, whatever happens to the process.</summary>
[Trait("Speed", "Slow")]
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_acknowledged_message_survives_kill_9_and_waits_as_away()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            using var bob = await RawClient.EnterAsync(gateway.Port, "bob"); // online, but never reads
            var stored = await ada.AskAsync(
                "send_message", new { sender = "ada", recipient = "bob", content = "keep me" });
            Assert.Equal("Message stored.", (string?)stored["msg"]);
            await gateway.KillAsync();
        }

        await using var restarted = await GatewayProcess.StartAsync(_folder.Path);
        using var reader = await RawClient.ConnectAsync(restarted.Port);

        Assert.Equal(1, await reader.LogInAsync("bob"));
        var away = await reader.AskAsync("fetch_away_msgs", null);
        Assert.Equal("keep me", (string?)away["msg"]![0]!["content"]);
    }

    [LinuxFact]
    public async Task Where_a_file_size_limit_forbids_to_store_senders_are_refused_until_it_is_lifted()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        var message = new { sender = "ada", recipient = "ada", content = "keep me" };

        Assert.True(FileSizeLimit.Set(gateway.ProcessId, isOn: true));
        var refused = await ada.AskAsync("send_message", message);
        Assert.True(FileSizeLimit.Set(gateway.ProcessId, isOn: false));
        var stored = await ada.AskAsync("send_message", message);

        Assert.Equal("storage_unavailable", (string?)refused["code"]);
        Assert.Equal("ok", (string?)stored["status"]);
    }

    [Fact]
    public async Task Of_a_burst_cut_by_kill_9_every_acknowledged_message_is_there_once_and_in_order()
    {
        const int Acknowledged = 500;
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
            await ada.SignUpAsync("bob");
            var frames = new MemoryStream();
            for (var i = 0; i < 20 * Acknowledged; i++)
            {
                frames.Write(Wire.Frame(Wire.Request(
                    "send_message", new { sender = "ada", recipient = "bob", content = $"{i}" })));
            }
            var sending = ada.SendBytesAsync(frames.ToArray());
            for (var i = 0; i < Acknowledged; i++)
            {
                Assert.Contains("\"ok\"", await ada.ReceiveAsync(), StringComparison.Ordinal);
            }
            await gateway.KillAsync();
            await Task.WhenAny(sending); // it may fail: the other end is gone
        }

        await using var restarted = await GatewayProcess.StartAsync(_folder.Path);
        using var reader = await RawClient.ConnectAsync(restarted.Port);
        await reader.LogInAsync("bob");
        var away = await reader.AskAsync("fetch_away_msgs", new { limit = 100_000 });

        var texts = away["msg"]!.AsArray().Select(message => (string)message!["content"]!).ToArray();
        Assert.InRange(texts.Length, Acknowledged, 20 * Acknowledged);
        Assert.Equal(Enumerable.Range(0, texts.Length).Select(i => $"{i}"), texts);
    }

    [Theory]
    [InlineData(GatewayProcess.SigTerm)]
    [InlineData(GatewayProcess.SigInt)]
    public async Task A_stop_answers_what_was_asked_closes_the_connections_and_exits_0(int signal)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        for (var i = 0; i < 20; i++)
        {
            await ada.SendAsync(
                Wire.Request("send_message", new { sender = "ada", recipient = "ada", content = $"{i}" }));
        }
        Assert.Contains("\"ok\"", await ada.ReceiveAsync(), StringComparison.Ordinal);

        var exitCode = await gateway.StopAsync(signal);

        var answered = 1;
        while (await ada.ReceiveAsync() is { } answer)
        {
            Assert.Contains("\"ok\"", answer, StringComparison.Ordinal);
            answered++;
        }
        Assert.Equal(0, exitCode);
        Assert.Equal(string.Empty, gateway.Complaints);
        await using var restarted = await GatewayProcess.StartAsync(_folder.Path);
        using var reader = await RawClient.ConnectAsync(restarted.Port);
        Assert.InRange(await reader.LogInAsync("ada"), answered, 20);
    }

    [Fact]
    public async Task A_stop_is_told_to_every_client_that_said_hello_and_to_no_other()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var guest = await RawClient.ConnectAsync(gateway.Port);
        using var old = await RawClient.EnterAsync(gateway.Port, "old");
        await ada.AskAsync("hello", new { });
        await guest.AskAsync("hello", new { });

        await gateway.StopAsync();

        const string Told = """{"msg_type":"session_closed","data":{"reason":"server_stopping"}}""";
        Assert.Equal(Told, await ada.ReceiveAsync());
        Assert.Null(await ada.ReceiveAsync());
        Assert.Equal(Told, await guest.ReceiveAsync());
        Assert.Null(await guest.ReceiveAsync());
        Assert.Null(await old.ReceiveAsync());
    }

    [Fact]
    public async Task A_hundred_connections_talk_at_once_and_everyone_gets_everything_in_order()
    {
        const int People = 100, Texts = 50;
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        var clients = await Task.WhenAll(
            Enumerable.Range(0, People).Select(i => RawClient.EnterAsync(gateway.Port, $"p{i}")));

        await Task.WhenAll(Enumerable.Range(0, People).Select(async i =>
        {
            for (var text = 0; text < Texts; text++)
            {
                var sent = await clients[i].AskAsync("send_message", new
                {
                    sender = $"p{i}",
                    recipient = $"p{(i + 1 + (text % 2)) % People}",
                    content = $"{text}",
                });
                Assert.Equal("Message stored.", (string?)sent["msg"]);
            }
        }));

        for (var i = 0; i < People; i++)
        {
            var inbox = (await clients[i].AskAsync("send_messages_to_client", null))["msg"]!.AsArray();
            Assert.Equal(Texts, inbox.Count);
            foreach (var fromOne in inbox.GroupBy(message => (string)message!["sender"]!))
            {
                var texts = fromOne.Select(message => int.Parse((string)message!["content"]!, null)).ToArray();
                Assert.Equal(texts.Order(), texts);
            }
            clients[i].Dispose();
        }
        Assert.Equal(string.Empty, gateway.Complaints);
    }
}
