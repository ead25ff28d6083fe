using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>What a person or a script gives as a value goes through the real programs as it is.</summary>
public sealed class DataIsDataAtTheProcessTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private int Port => gateway.Process.Port;

    [Fact]
    public async Task A_text_is_a_text()
    {
        await File.WriteAllTextAsync(_folder.File("notes"), "--json\nsecret notes\n");
        await SignUpAsync("ada");
        await SignUpAsync("bob");
        string[] texts =
        [
            $"@{_folder.File("notes")}", "@all lunch?", "/?", "/h", "-h", "-?", "[suggest]", "[diagram]", "-abc", "--",
            "send", "true", "%PATH%", "$HOME", "a=b", "/json:true", "--json", "--no-such-option", "\n", " ",
        ];
        foreach (var text in texts)
        {
            // Two dashes begin an option, but not behind "--".
            string[] place = text.StartsWith("--", StringComparison.Ordinal) ? ["--", text] : [text];
            var (exitCode, output, errors) = await CliProcess.RunAsync(
                Port, "pw", ["send", "bob", "--user", "ada", "--password-file", "-", .. place]);
            Assert.True(exitCode == 0, $"{text}: {errors}");
            Assert.Equal(("", "Sent to bob.\n"), (output, errors));
        }

        var (_, lines, _) = await CliProcess.RunAsync(
            Port, "pw", "history", "ada", "--limit", "100", "--json", "--user", "bob", "--password-file", "-");

        Assert.Equal(texts, lines.TrimEnd('\n').Split('\n').Select(line => (string)JsonNode.Parse(line)!["content"]!));
    }

    [Theory]
    [InlineData("VALUE")]
    [InlineData("send VALUE hi")]
    [InlineData("send bob hi --client-id VALUE")]
    [InlineData("away --limit VALUE")]
    [InlineData("inbox --with VALUE")]
    [InlineData("inbox --before VALUE")]
    [InlineData("listen --after VALUE")]
    [InlineData("history VALUE")]
    [InlineData("conversations --limit VALUE")]
    [InlineData("read VALUE")]
    [InlineData("read bob --through VALUE")]
    [InlineData("delete VALUE")]
    [InlineData("accounts VALUE")]
    [InlineData("accounts b --start VALUE")]
    [InlineData("whois VALUE")]
    [InlineData("signup --user VALUE")]
    [InlineData("login --user VALUE")]
    [InlineData("logout --user VALUE")]
    [InlineData("login-check --user VALUE")]
    [InlineData("password --user VALUE")]
    [InlineData("password --user ada --new-password-file VALUE")]
    [InlineData("delete-account --yes --user VALUE")]
    [InlineData("completion VALUE")]
    [InlineData("inbox --host VALUE")]
    [InlineData("inbox --port VALUE")]
    [InlineData("inbox --password-file VALUE")]
    [InlineData("inbox --profile VALUE")]
    [InlineData("inbox --protocol VALUE")]
    [InlineData("inbox --timeout VALUE")]
    [InlineData("inbox --ca-file VALUE")]
    [InlineData("inbox --tls-fingerprint VALUE")]
    [InlineData("inbox --tls=VALUE")]
    [InlineData("--notify VALUE")]
    public async Task No_value_of_any_verb_is_a_file_help_or_an_option(string commandLine)
    {
        await File.WriteAllTextAsync(_folder.File("notes"), "--help\nsecret-notes\n");
        foreach (var value in (string[])["@" + _folder.File("notes"), "/?", "-h", "[suggest]"])
        {
            string[] user = commandLine.Contains("--user", StringComparison.Ordinal) ? [] : ["--user", "eva"];
            string[] password = commandLine.Contains("--password-file", StringComparison.Ordinal)
                ? [] : ["--password-file", "-"];
            var words = commandLine.Split(' ').Select(word => word.Replace("VALUE", value, StringComparison.Ordinal));

            var (exitCode, output, errors) = await CliProcess.RunAsync(Port, "pw", [.. user, .. password, .. words]);

            Assert.DoesNotContain("secret-notes", output + errors, StringComparison.Ordinal);
            Assert.DoesNotContain("Usage:", output + errors, StringComparison.Ordinal); // of the help
            // Somebody may have signed up under such a name.
            Assert.True(exitCode is 1 or 2 or 4 or 6 || commandLine.EndsWith("--user VALUE", StringComparison.Ordinal), $"{value}: {exitCode}");
        }
    }

    [Fact]
    public async Task The_name_of_a_database_is_a_name()
    {
        await File.WriteAllTextAsync(_folder.File("x"), "--port\n1\n");

        await using (await GatewayProcess.StartAsync(_folder.Path, "--db", "@x"))
        {
            Assert.True(File.Exists(_folder.File("@x")));
        }
    }

    [Theory]
    [InlineData("--db", "/?", "max-frame")]
    [InlineData("--db", "-h", "max-frame")]
    [InlineData("--db", "send", "max-frame")]
    [InlineData("--set", "@x", "\"@x\"")]
    [InlineData("--set", "jochat.storage.path=@x", "max-frame")]
    [InlineData("--config", "@x", "@x")]
    [InlineData("--host", "@x", "@x")]
    [InlineData("--protocol", "@x", "@x")]
    [InlineData("--port", "[suggest]", "[suggest]")]
    [InlineData("--http-port", "-h", "-h")]
    public async Task No_value_of_the_gateways_is_a_file_help_or_an_option(string option, string value, string named)
    {
        await File.WriteAllTextAsync(_folder.File("x"), "--help\nsecret-notes\n");

        // Where the value is right, another that is wrong keeps it from starting.
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(
            _folder.Path, option, value, "--set", "jochat.gateway.max-frame=5");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-notes", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("equired argument", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_forms_of_one_password_open_one_account_and_bytes_that_are_no_text_none()
    {
        const string Composed = "p\u00E4ss", Decomposed = "pa\u0308ss";
        Assert.Equal(0, await RunAsync("signup", Encoding.UTF8.GetBytes(Composed)));

        Assert.Equal(0, await RunAsync("login-check", Encoding.UTF8.GetBytes(Decomposed)));
        Assert.Equal(2, await RunAsync("login-check", [.. "p"u8, 0xE4, .. "ss"u8]));
        Assert.Equal(2, await RunAsync("login-check", [.. "p"u8, 0xE5, .. "ss"u8]));

        async Task<int> RunAsync(string verb, byte[] password)
        {
            var file = _folder.File("password");
            await File.WriteAllBytesAsync(file, [.. password, (byte)'\n']);
            return (await CliProcess.RunAsync(Port, "", verb, "--user", "eve", "--password-file", file)).ExitCode;
        }
    }

    // Accounts exist that were made by clients that did not normalise.
    [Fact]
    public async Task A_password_that_was_hashed_as_it_was_typed_still_opens_its_account()
    {
        const string Decomposed = "pa\u0308ss", Composed = "p\u00E4ss";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Decomposed)));
        using (var original = await gateway.ConnectAsync())
        {
            var made = await original.AskAsync("signup", new { username = "olga", password = hash });
            Assert.Equal("ok", (string?)made["status"]);
        }

        var asTyped = await CliProcess.RunAsync(Port, Decomposed, "login-check", "--user", "olga", "--password-file", "-");
        var composed = await CliProcess.RunAsync(Port, Composed, "login-check", "--user", "olga", "--password-file", "-");

        Assert.Equal((0, 4), (asTyped.ExitCode, composed.ExitCode));
    }

    [Fact]
    public async Task U_FFFD_is_refused_in_names_and_passwords()
    {
        const string Damaged = "n\uFFFD";
        string[][] commandLines =
        [
            ["signup", "--user", Damaged], ["send", Damaged, "hi", "--user", "ada"], ["history", Damaged, "--user", "ada"],
            ["read", Damaged, "--user", "ada"], ["whois", Damaged, "--user", "ada"], ["inbox", "--with", Damaged, "--user", "ada"],
        ];
        foreach (var commandLine in commandLines)
        {
            var (code, _, errors) = await CliProcess.RunAsync(Port, "pw", [.. commandLine, "--password-file", "-"]);
            Assert.Equal((commandLine[0], 2), (commandLine[0], code));
            Assert.Contains("U+FFFD", errors, StringComparison.Ordinal);
        }
        var password = await CliProcess.RunAsync(Port, Damaged, "signup", "--user", "fay", "--password-file", "-");
        Assert.Equal(2, password.ExitCode);
    }

    [Theory]
    [InlineData("--host", "")]
    [InlineData("--host", " ")]
    [InlineData("--port", "")]
    [InlineData("--port", "99999999999999999999")]
    [InlineData("--user", "")]
    [InlineData("--password-file", "")]
    [InlineData("--profile", "")]
    [InlineData("--protocol", "")]
    [InlineData("--timeout", "")]
    [InlineData("--timeout", "1e99")]
    [InlineData("--timeout", "99999999999999999999")]
    [InlineData("--ca-file", "")]
    [InlineData("--tls-fingerprint", "")]
    [InlineData("--limit", "")]
    [InlineData("--limit", "99999999999999999999")]
    [InlineData("--before", "-1")]
    [InlineData("--with", "")]
    public async Task An_empty_or_absurd_value_is_wrong_usage_and_named(string option, string value)
    {
        string[] password = option == "--password-file" ? [] : ["--password-file", "-"];
        string[] user = option == "--user" ? [] : ["--user", "ada"];

        var (exitCode, output, errors) = await CliProcess.RunAsync(Port, "pw", ["inbox", .. user, .. password, option, value]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(option.TrimStart('-'), Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task SignUpAsync(string user)
    {
        var (exitCode, _, errors) = await CliProcess.RunAsync(
            Port, "pw", "signup", "--user", user, "--password-file", "-");
        Assert.True(exitCode == 0, errors);
    }
}
