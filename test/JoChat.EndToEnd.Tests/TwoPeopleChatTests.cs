using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>The main job, as people do it: two terminals, live and away, and the same from scripts.</summary>
[Trait("Speed", "Slow")]
public sealed class TwoPeopleChatTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private int Port => gateway.Process.Port;

    [Fact]
    public async Task Two_people_sign_up_write_live_one_leaves_and_finds_what_was_sent_while_away()
    {
        await using var ada = await SignUpAsync("ada");
        await using (var bob = await SignUpAsync("bob"))
        {
            await ada.TypeAsync("/msg bob Are you there?");
            Assert.Contains("ada: Are you there?", await bob.SeeAsync("Are you there?"), StringComparison.Ordinal);
            await bob.TypeAsync("/query ada", "Here I am.");
            await ada.SeeAsync("bob: Here I am.");
            await bob.TypeAsync("/quit");
            Assert.Equal(0, await bob.EndAsync());
        }

        await ada.TypeAsync("/msg bob See you tomorrow.");
        await ada.SeeAsync("See you tomorrow."); // its echo: the server has stored it

        await using var back = CliProcess.Start(Port);
        await back.TypeAsync("bob", "pw");
        await back.SeeAsync("1 sent while away");
        Assert.Contains("sent while away", await back.SeeAsync("See you tomorrow."), StringComparison.Ordinal);
        await back.TypeAsync("/who ad*");
        await back.SeeAsync("* ada");
        await back.TypeAsync("/nonsense");
        await back.SeeAsync("! ");
        await back.TypeAsync("/away 5");
        await back.SeeAsync("No message is waiting.");
        await back.TypeAsync("/inbox");
        var listed = await back.SeeAsync("See you tomorrow.");
        await back.TypeAsync("/delete " + listed[listed.IndexOf('#', StringComparison.Ordinal)..].Split(' ')[0]);
        await back.SeeAsync("Deleted 1 of 1.");
        await back.TypeAsync("/help");
        await back.SeeAsync("/delete-account");
        await back.TypeAsync("/logout", "bob", "pw");
        await back.SeeAsync("0 sent while away");
        await back.TypeAsync("/delete-account", "y");
        await back.SeeAsync("Not confirmed; nothing was deleted.");
        await back.TypeAsync("/delete-account", "bob", "pw");
        await back.SeeAsync("Deleted the account bob.");
        await back.TypeAsync("ada", "wrong", "n"); // asked again who is there
        await back.SeeAsync("Username not found or wrong password.");
    }

    [Fact]
    public async Task A_server_that_is_killed_is_told_in_one_line_and_by_the_exit_code()
    {
        using var folder = new TemporaryFolder();
        await using var server = await GatewayProcess.StartAsync(folder.Path);
        await using var cli = CliProcess.Start(server.Port);
        await cli.TypeAsync("zoe", "pw", "y", "pw");
        await cli.SeeAsync("Logged in as zoe");

        await server.KillAsync();

        Assert.Equal(3, await cli.EndAsync());
        Assert.StartsWith("jochat: ", Assert.Single(Lines(await cli.ErrorsAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_can_do_everything_with_verbs()
    {
        await RunAsync(0, "signup", "cara");
        await RunAsync(0, "signup", "dan");
        await RunAsync(1, "signup", "DAN");
        await RunAsync(0, "send", "cara", "dan", "first");
        await RunAsync(0, "send", "cara", "dan", "second");
        await RunAsync(6, "send", "cara", "nobody-here", "lost");

        var check = JsonNode.Parse(await RunAsync(0, "login-check", "dan", "--json"))!;
        Assert.Equal(2, (int)check["unread_count"]!);
        var away = await RunAsync(0, "away", "dan", "--limit", "1", "--json");
        Assert.Equal("first", (string?)JsonNode.Parse(Assert.Single(Lines(away)))!["content"]);
        Assert.Single(Lines(await RunAsync(0, "away", "dan", "--json")));
        var inbox = Lines(await RunAsync(0, "inbox", "dan", "--json")).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(["first", "second"], inbox.Select(message => (string)message["content"]!));

        await RunAsync(0, "delete", "dan", (string)inbox[0]["id"]!.ToString());
        Assert.Equal("second", await OnlyLineOfAsync("content", "inbox", "dan"));
        Assert.Equal("dan", await OnlyLineOfAsync("username", "accounts", "cara", "DAN"));
        await RunAsync(0, "delete-account", "dan", "--yes");
        await RunAsync(4, "login-check", "dan");
    }

    [Fact]
    public async Task Input_that_is_no_text_is_told_and_not_sent()
    {
        await RunAsync(0, "signup", "gus");

        var (exitCode, output, errors) = await CliProcess.RunAsync(
            Port, [.. "pw-GUS\n"u8, 0xFF, 0xFE], "send", "gus", "--user", "gus", "--password-file", "-");

        Assert.Equal((2, string.Empty), (exitCode, output));
        Assert.Contains("not valid UTF-8", errors, StringComparison.Ordinal);
    }

    private async Task<CliProcess> SignUpAsync(string user)
    {
        var cli = CliProcess.Start(Port);
        await cli.TypeAsync(user, "pw", "y", "pw");
        await cli.SeeAsync($"Logged in as {user}");
        return cli;
    }

    private async Task<string> RunAsync(int expectedExit, string verb, string user, params string[] arguments)
    {
        var (exitCode, output, errors) = await CliProcess.RunAsync(
            Port, "pw-" + user.ToUpperInvariant(), [verb, .. arguments, "--user", user, "--password-file", "-"]);
        Assert.True(expectedExit == exitCode, $"{verb} {user}: exit {exitCode}: {errors}");
        return output;
    }

    private async Task<string?> OnlyLineOfAsync(string member, string verb, string user, params string[] arguments)
    {
        var line = Assert.Single(Lines(await RunAsync(0, verb, user, [.. arguments, "--json"])));
        return (string?)JsonNode.Parse(line)![member];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
