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

    [Fact]
    public async Task The_name_of_a_database_is_a_name()
    {
        await File.WriteAllTextAsync(_folder.File("x"), "--port\n1\n");

        await using (await GatewayProcess.StartAsync(_folder.Path, "--db", "@x"))
        {
            Assert.True(File.Exists(_folder.File("@x")));
        }
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

    public void Dispose() => _folder.Dispose();

    private async Task SignUpAsync(string user)
    {
        var (exitCode, _, errors) = await CliProcess.RunAsync(
            Port, "pw", "signup", "--user", user, "--password-file", "-");
        Assert.True(exitCode == 0, errors);
    }
}
