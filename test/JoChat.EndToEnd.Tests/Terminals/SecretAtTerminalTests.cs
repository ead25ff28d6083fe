namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>What is typed where nobody can see it.</summary>
[Trait("Speed", "Slow")]
public sealed class SecretAtTerminalTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [LinuxFact("setsid")]
    public async Task A_password_with_bytes_that_are_no_text_is_not_the_password_without_them()
    {
        var name = "dee" + Guid.NewGuid().ToString("N")[..8];
        await CliProcess.RunAsync(
            gateway.Process.Port, "secret", "signup", "--user", name, "--password-file", "-");
        await using var verb = TerminalProcess.StartChat(gateway.Process.Port, ["login-check", "--user", name]);
        await verb.SeeLineAsync("Password:");

        await verb.TypeAsync([.. "sec"u8, 0xFF, .. "ret\r"u8]);

        Assert.Equal(2, await verb.EndAsync());
        Assert.Contains("The password must be valid UTF-8", verb.ScreenText(), StringComparison.Ordinal);
    }
}
