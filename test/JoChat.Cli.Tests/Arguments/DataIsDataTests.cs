using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Arguments;

/// <summary>What stands in the place of a value is that value, in every verb and whatever it looks like.</summary>
public sealed class DataIsDataTests
{
    private static readonly string[] Values =
    [
        "@notes", "@", "@all lunch?", "/?", "/h", "-h", "-?", "-x", "-abc", "-user", "/user", "[suggest]", "[diagram]",
        "[x]", "send", "inbox", "completion", "true", "false", "=x", ":x", "a=b", "a:b", "\"quoted\"", "$HOME", "*",
        "a b", " ", "é", "U+FFFD",
    ];

    // The place of a value, and what the server is asked or the person is told because of it.
    private static readonly Dictionary<string, (string[] Arguments, Func<Request, string?> Seen)> Places = new()
    {
        ["send WHO"] = (["send", "VALUE", "hi"], request => (request as SendMessage)?.Recipient),
        ["send TEXT"] = (["send", "bob", "VALUE"], request => (request as SendMessage)?.Content),
        ["send TEXT before options"] =
            (["send", "bob", "VALUE", "--json"], request => (request as SendMessage)?.Content),
        ["send TEXT behind a flag"] =
            (["send", "bob", "--json", "VALUE"], request => (request as SendMessage)?.Content),
        ["send TEXT behind --"] = (["send", "bob", "--", "VALUE"], request => (request as SendMessage)?.Content),
        ["send --client-id"] =
            (["send", "bob", "hi", "--client-id", "VALUE"], request => (request as SendMessage)?.ClientId),
        ["send --client-id="] =
            (["send", "bob", "hi", "--client-id=VALUE"], request => (request as SendMessage)?.ClientId),
        ["history WHO"] = (["history", "VALUE"], request => (request as ReadHistory)?.With),
        ["read WHO"] = (["read", "VALUE", "--through", "7"], request => (request as MarkRead)?.With),
        ["accounts PATTERN"] = (["accounts", "VALUE"], request => (request as ListAccounts)?.Pattern),
        ["--user before the verb"] = (["--user", "VALUE", "inbox"], request => (request as LogIn)?.Username),
        ["--user of away"] = (["away", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of inbox"] = (["inbox", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of conversations"] = (["conversations", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of delete"] = (["delete", "7", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of login-check"] = (["login-check", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of login"] = (["login", "--user", "VALUE"], request => (request as LogIn)?.Username),
        ["--user of signup"] = (["signup", "--user", "VALUE"], request => (request as SignUp)?.Username),
        ["--user of delete-account"] =
            (["delete-account", "--yes", "--user", "VALUE"], request => (request as LogIn)?.Username),
    };

    public static TheoryData<string, string> EveryPlaceAndValue
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var place in Places.Keys)
            {
                foreach (var value in Values) { all.Add(place, value); }
            }
            return all;
        }
    }

    public static TheoryData<string> EveryValue => [.. Values];

    [Theory]
    [MemberData(nameof(EveryPlaceAndValue))]
    public async Task A_value_reaches_the_server_as_it_is(string place, string value)
    {
        await using var server = new AnsweringServer();
        server.On<ReadHistory>(read => new History(read.Before is null or > 7
            ? [new(7, read.With!, "ada", "hi", DateTimeOffset.UnixEpoch, MessageState.Stored)]
            : []));
        server.On<MarkRead>(_ => new MarkedRead());
        server.On<ListConversations>(_ => new ConversationList([]));
        var (arguments, seen) = Places[place];

        var run = await RunAsync(server, arguments, value);

        Assert.Contains(value, server.Requests.Select(seen));
        Assert.DoesNotContain("Usage:", run.Output, StringComparison.Ordinal); // of the help
    }

    // Where only some values are right, the sentence that refuses one names it.
    [Theory]
    [MemberData(nameof(EveryValue))]
    public async Task A_value_that_is_wrong_is_named(string value)
    {
        await using var server = new AnsweringServer();
        string[][] commandLines =
        [
            ["delete", "VALUE"], ["away", "--limit", "VALUE"], ["inbox", "--before", "VALUE"],
            ["read", "bob", "--through", "VALUE"], ["accounts", "b", "--start", "VALUE"],
            ["inbox", "--protocol", "VALUE"], ["inbox", "--timeout", "VALUE"], ["inbox", "--profile", "VALUE"],
            ["inbox", "--password-file", "/nonexistent/VALUE"],
            ["password", "--new-password-file", "/nonexistent/VALUE"],
        ];

        foreach (var arguments in commandLines)
        {
            var run = await RunAsync(server, arguments, value);

            Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
            Assert.Contains(value, run.Error, StringComparison.Ordinal);
        }
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("send", "bob", "--jsno")]
    [InlineData("send", "bob", "--user")]
    [InlineData("send", "bob", "hi", "--json=yes")]
    [InlineData("inbox", "--limits", "5")]
    [InlineData("--limit", "5", "inbox")] // an option of the verb stands behind it
    [InlineData("inbox", "--user:ada")]
    public async Task What_begins_with_two_dashes_is_an_option_and_must_be_one(params string[] arguments)
    {
        await using var server = new AnsweringServer();

        var run = await RunAsync(server, arguments, "");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--user")]
    [InlineData("--help")]
    [InlineData("--")]
    [InlineData("--nonsense=1")]
    public async Task Behind_two_dashes_alone_everything_is_a_text(string text)
    {
        await using var server = new AnsweringServer();

        await RunAsync(server, ["send", "bob", "--", "VALUE"], text);

        Assert.Equal(text, Assert.Single(server.Requests.OfType<SendMessage>()).Content);
    }

    [Theory]
    [InlineData("sned", "send")]
    [InlineData("lgoin", "login")]
    public async Task A_mistyped_command_is_guessed(string typed, string meant)
    {
        var run = await CliRun.RunAsync(typed);

        Assert.Contains($"Did you mean {meant}?", run.Error, StringComparison.Ordinal);
    }

    private static Task<CliRun> RunAsync(AnsweringServer server, string[] arguments, string value)
    {
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        string[] user = arguments.Contains("--user") ? [] : ["--user", "ada"];
        string[] password = arguments.Contains("--password-file") ? [] : ["--password-file", "-"];
        string[] options = [.. user, .. password, "--port", port];
        var given = arguments.Select(argument => argument.Replace("VALUE", value, StringComparison.Ordinal));
        // The shared options go before the verb, so that nothing of ours stands behind the value.
        return CliRun.RunAsync(new StringReader("pw\n"), [.. options, .. given]);
    }
}
