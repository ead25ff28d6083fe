using System.Text.RegularExpressions;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>The chat that README.md shows, typed as it says.</summary>
[Trait("Speed", "Slow")]
public sealed partial class ReadmeTranscriptTests : IDisposable
{
    private const string Enter = "\r";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact("setsid")]
    public async Task Two_terminals_show_what_it_shows()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        await using var ada = TerminalProcess.StartChat(gateway.Port, []);
        await using (var bob = TerminalProcess.StartChat(gateway.Port, []))
        {
            await SignUpAsync(bob, "bob");
            await SignUpAsync(ada, "ada");
            await ada.TypeAsync("/query bob" + Enter);
            await ada.SeeAsync("What you type goes to bob now"); // a little behind the prompt
            await ada.SeeLineAsync("ada -> bob>");
            await ada.TypeAsync("Hello Bob, are you there?" + Enter);
            await bob.SeeAsync("Hello Bob");
            await bob.TypeAsync("/query ada" + Enter);
            await bob.SeeAsync("What you type goes to ada now");
            await bob.SeeLineAsync("bob -> ada>");
            await bob.TypeAsync("Here I am." + Enter);
            await ada.SeeAsync("Here I am.");
            await ada.TypeAsync("I was going");
            await ada.SeeLineAsync("ada -> bob> I was going");
            await bob.TypeAsync("A line while you type." + Enter);
            await ada.SeeAsync("A line while you type.");
            await ada.SeeLineAsync("ada -> bob> I was going");
            await ada.TypeAsync(" to ask." + Enter);
            await bob.SeeAsync("I was going to ask.");
            await bob.PressAsync("/"); // what he sees counts as read when he presses a key
            await ada.SeeAsync("I was going to ask. read");
            await bob.TypeAsync("quit" + Enter);
            Assert.Equal(0, await bob.EndAsync());
        }
        await ada.SeeAsync("* bob has left.");
        await ada.TypeAsync("Sent while you are away." + Enter);

        await SeeAllAsync(ada, Readme.Block("Username: ada"));

        await using var back = TerminalProcess.StartChat(gateway.Port, ["--user", "bob"]);
        await back.SeeLineAsync("Password:");
        await back.TypeAsync("secret" + Enter);
        await SeeAllAsync(back, "Password:\n" + Readme.Block("* Logged in as bob."));
    }

    private static async Task SignUpAsync(TerminalProcess chat, string user)
    {
        await chat.SeeLineAsync("Username:");
        await chat.TypeAsync(user + Enter);
        await chat.SeeLineAsync("Password:");
        await chat.TypeAsync("secret" + Enter);
        await chat.SeeLineAsync("Sign up instead? [y/N]");
        await chat.PressAsync("y");
        await chat.TypeAsync(Enter);
        await chat.SeeLineAsync("Repeat the password:");
        await chat.TypeAsync("secret" + Enter);
        await chat.SeeLineAsync($"{user}>");
    }

    private static Task SeeAllAsync(TerminalProcess chat, string transcript)
    {
        var expected = Clock().Replace(transcript.TrimEnd('\n'), "[hh:mm]");
        return chat.SeeAsync(screen => Clock().Replace(string.Join('\n', screen.Rows), "[hh:mm]") == expected, expected);
    }

    [GeneratedRegex(@"\[\d\d:\d\d\]")]
    private static partial Regex Clock();
}
