using System.Globalization;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Nobody signs up as somebody else or as the server, and the operator says who is shown to whom.</summary>
public sealed class DeceivingNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CliHome _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task A_name_that_deceives_is_refused_by_the_rule_that_it_breaks()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var client = await RawClient.ConnectAsync(gateway.Port);
        foreach (var name in (string[])["alice", "Nell", "user1", "test_user", "NEIL", "ALI"])
        {
            Assert.IsType<SignedUp>(await SignUpAsync(client, name));
        }

        foreach (var (name, fault) in ((string, string)[])
            [
                ("AL1CE", "Username must not look like that of another account."),
                ("a1ice", "Username must not look like that of another account."),
                ("ａ１ｉｃｅ", "Username must not look like that of another account."),
                ("useri", "Username must not look like that of another account."),
                ("neII", "Username must not look like that of another account."),
                ("аdmin", "Username must be in one script, not in a mixture."), // a Cyrillic a
                ("ADM1N", "Username must not look like a reserved one."),
                ("JoChat", "Username must not look like a reserved one."),
                ("@alice", "Username must not begin with /, @ or #."),
                ("\u0301alice", "Username must not begin with a combining mark."),
                ("a\u0323\u0324\u0325\u0326", "Username must not have more than 3 combining marks in a row."),
                ("alice\uE000", "Username must not contain the character U+E000."),
                ("alice\uFFFC", "Username must not contain the character U+FFFC."),
            ])
        {
            Assert.Equal((name, Refusals.InvalidUsername(fault)), (name, await SignUpAsync(client, name)));
        }
        Assert.Equal(Refusals.UsernameTaken, await SignUpAsync(client, "aLICE"));
    }

    [Fact]
    public async Task Only_contacts_and_whole_names_are_shown_if_the_operator_says_so()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.directory=contacts");
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        using var eve = await RawClient.EnterAsync(gateway.Port, "eve_1");
        await bob.SendMessageAsync("bob", "ada", "hello");

        Assert.Equal(["bob"], await ListAsync(ada, "*"));
        Assert.Equal(["bob"], await ListAsync(ada, "b"));
        Assert.Empty(await ListAsync(ada, "eve*"));
        Assert.Empty(await ListAsync(ada, "eve_1")); // a wildcard
        Assert.Equal(["eve_1"], await ListAsync(ada, @"eve\_1"));
        Assert.Empty(await ListAsync(eve, "*"));
        var presence = Assert.IsType<PresenceOf>(await ada.AskAsync(new AskPresence(["bob", "eve_1"])));
        Assert.Equal("bob", Assert.Single(presence.Online));
    }

    [Fact]
    public async Task Only_whole_names_are_shown_if_the_operator_says_so()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.directory=exact");
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "test_user");
        await bob.SendMessageAsync("test_user", "ada", "hello");

        Assert.Empty(await ListAsync(ada, "*"));
        Assert.Empty(await ListAsync(ada, "est"));
        Assert.Empty(await ListAsync(ada, "test_use"));
        Assert.Equal(["test_user"], await ListAsync(ada, @"TEST\_user"));
        Assert.Equal(["ada"], await ListAsync(ada, "ada"));
    }

    [Theory]
    [InlineData("everyone")]
    [InlineData("contacts")]
    [InlineData("exact")]
    public async Task The_terminal_client_finds_a_pasted_name_with_an_underscore(string directory)
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", $"jochat.accounts.directory={directory}");
        using (var other = await RawClient.ConnectAsync(gateway.Port)) { await other.SignUpAsync("testyuser"); }
        string[] server = ["--port", gateway.Port.ToString(CultureInfo.InvariantCulture), "--password-file", "-"];

        var made = await _home.RunWithAsync("pw\n", ["signup", .. server, "--user", " test_user\u00A0"]);
        var (code, output, errors) = await _home.RunWithAsync(
            "pw\n", ["whois", "test_user", .. server, "--user", "test_user "]);
        var refused = await _home.RunWithAsync("pw\n", ["signup", .. server, "--user", "r00t"]);

        Assert.Equal(0, made.ExitCode);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("test_user", output, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Username must not look like a reserved one.", refused.Errors, StringComparison.Ordinal);
    }

    private static Task<Response> SignUpAsync(RawClient client, string name) =>
        client.AskAsync(new SignUp(name, new Secret("pw")));

    private static async Task<IEnumerable<string>> ListAsync(RawClient client, string pattern) =>
        Assert.IsType<AccountsListed>(await client.AskAsync(new ListAccounts(pattern, 0, 100)))
            .Users.Select(user => user.Username);
}
