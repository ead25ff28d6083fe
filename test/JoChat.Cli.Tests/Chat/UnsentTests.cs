using JoChat.Protocol;

namespace JoChat.Cli.Tests.Chat;

/// <summary>What the server has not stored is never dropped without a word.</summary>
public sealed class UnsentTests : IAsyncLifetime, IDisposable
{
    private readonly AnsweringServer _server = new();
    private readonly TemporaryFolder _home = new();

    [Fact]
    public async Task What_was_not_sent_is_asked_about_kept_and_sent_by_a_later_run_under_the_same_client_id()
    {
        string? clientId;
        await using (var rig = await StartAsync(Refusing))
        {
            rig.Type("/msg bob hello", "/quit", "n", "/quit", "y");
            await rig.ExpectAsync(
                "! Not sent to bob: Disk full. /retry sends it again.",
                "! 1 message was not sent:",
                "!   to bob: hello",
                "! What was not sent is offered at the next start.",
                "! 1 message was not sent:",
                "!   to bob: hello",
                "! What was not sent is offered at the next start.");
            Assert.Equal(ExitCode.Done, await rig.Running.OrFail());
            clientId = _server.Requests.OfType<SendMessage>().Single().ClientId;
        }

        await using var later = await StartAsync(AnsweringServer.Usually);
        await later.ExpectAsync(
            "! 1 message was not sent last time. /unsent lists, /retry sends, /discard forgets them.");
        later.Type("/unsent");
        await later.ExpectAsync("* not sent to bob: hello");
        later.Type("/retry");
        await later.ExpectAsync("[15:06] ada -> bob: hello");
        later.Type("/unsent", "/quit");
        await later.ExpectAsync("* Everything is sent.");
        Assert.Equal(ExitCode.Done, await later.Running.OrFail());
        Assert.Equal(clientId, _server.Requests.OfType<SendMessage>().Last().ClientId);
    }

    [Fact]
    public async Task What_is_discarded_is_not_offered_again()
    {
        await using (var rig = await StartAsync(Refusing))
        {
            rig.Type("/msg bob hello");
            await rig.NextAsync();
            rig.Type("/discard", "/quit");
            await rig.ExpectAsync("* Forgot 1 message.");
            await rig.Running.OrFail();
        }

        await using var later = await StartAsync(AnsweringServer.Usually);
        later.Type("/unsent");
        await later.ExpectAsync("* Everything is sent.");
    }

    [Fact]
    public async Task Another_account_is_not_offered_it()
    {
        await using (var rig = await StartAsync(Refusing))
        {
            rig.Type("/msg bob hello");
            await rig.NextAsync();
            rig.Type("/quit", "y");
            await rig.Running.OrFail();
        }

        await using var other = await StartAsync(AnsweringServer.Usually, "eve");
        other.Type("/unsent");
        await other.ExpectAsync("* Everything is sent.");
    }

    [Fact]
    public async Task What_the_server_will_never_take_is_told_and_not_kept()
    {
        await using var rig = await StartAsync(request => request is SendMessage
            ? new Refused(request.Operation, ErrorCode.NoSuchRecipient, "Recipient does not exist.")
            : AnsweringServer.Usually(request));

        rig.Type("/msg bob hello");
        await rig.ExpectAsync("! Not sent to bob: Recipient does not exist.");
        rig.Type("/unsent", "/quit");
        await rig.ExpectAsync("* Everything is sent.");
        Assert.Equal(ExitCode.Done, await rig.Running.OrFail());
    }

    [Fact]
    public async Task A_message_on_its_way_is_waited_for_when_one_leaves()
    {
        await using var rig = await StartAsync(AnsweringServer.Usually);

        rig.Type("/msg bob hello", "/quit");

        await rig.ExpectAsync("[15:06] ada -> bob: hello");
        Assert.Equal(ExitCode.Done, await rig.Running.OrFail());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _home.Dispose();

    private static Response Refusing(Request request) => request is SendMessage
        ? new Refused(request.Operation, ErrorCode.StorageUnavailable, "Disk full.")
        : AnsweringServer.Usually(request);

    private async Task<ChatRig> StartAsync(Func<Request, Response?> answer, string user = "ada")
    {
        _server.Answer = answer;
        var rig = new ChatRig(_server, _home.Path, "--user", user, "--password-file", "-");
        rig.Type("pw");
        await rig.ExpectAsync($"* Logged in as {user}. 0 sent while away. /help lists the commands.");
        return rig;
    }
}
