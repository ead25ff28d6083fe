namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>A gateway with a certificate that nobody has signed, and a person at a terminal.</summary>
[Trait("Speed", "Slow")]
public sealed class TlsAtTerminalTests : IDisposable
{
    private const string Enter = "\r";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [LinuxFact("setsid")]
    public async Task Its_fingerprint_is_asked_about_once_and_a_changed_one_is_refused()
    {
        var port = FreePort.Find();
        await using (var gateway = await StartAsync(port))
        {
            var shown = await gateway.NextLineAsync();
            await using (var first = TerminalProcess.StartChat(port, ["--tls"], _home.Path))
            {
                await first.SeeAsync("is not trusted: it does not name");
                await first.SeeAsync("Its fingerprint is SHA256:");
                // The screen breaks it; both ends of the gateway's are there.
                await first.SeeAsync(shown[^18..]);
                await first.SeeAsync("[y/N]");
                await first.PressAsync("y");
                await first.TypeAsync(Enter);
                await first.SeeAsync("Username:");
            }
            await using var second = TerminalProcess.StartChat(port, ["--tls"], _home.Path);
            await second.SeeAsync("Username:");
            Assert.DoesNotContain("fingerprint", second.ScreenText(), StringComparison.Ordinal);
        }

        await using var changed = await StartAsync(port);
        await using var third = TerminalProcess.StartChat(port, ["--tls"], _home.Path);

        await third.SeeAsync("HAS CHANGED");
        Assert.Equal(3, await third.EndAsync());
    }

    [LinuxFact("setsid")]
    public async Task A_certificate_that_changes_under_a_chat_ends_it_loudly()
    {
        var port = FreePort.Find();
        await using var chat = await StartThenAsync();

        await chat.SeeAsync("reconnecting");
        await using var changed = await StartAsync(port);

        await chat.SeeAsync("HAS CHANGED");
        Assert.Equal(3, await chat.EndAsync());

        async Task<TerminalProcess> StartThenAsync()
        {
            await using var gateway = await StartAsync(port);
            var shown = await gateway.NextLineAsync();
            var fingerprint = shown[shown.IndexOf("SHA256:", StringComparison.Ordinal)..].Trim();
            var password = _home.File("password");
            await File.WriteAllTextAsync(password, "pw\n");
            var (code, _, errors) = await CliProcess.RunAsync(
                port, "pw", "signup", "--user", "ada", "--password-file", "-", "--tls-fingerprint", fingerprint);
            Assert.True(code == 0, errors);
            var started = TerminalProcess.StartChat(
                port, ["--tls-fingerprint", fingerprint, "--user", "ada", "--password-file", password], _home.Path);
            await started.SeeAsync("Logged in as ada");
            return started; // the gateway is killed
        }
    }

    [LinuxFact("setsid")]
    public async Task A_no_ends_it_before_anything_is_sent()
    {
        var port = FreePort.Find();
        await using var gateway = await StartAsync(port);
        await using var chat = TerminalProcess.StartChat(port, ["--tls"], _home.Path);

        await chat.SeeAsync("[y/N]");
        await chat.TypeAsync(Enter);

        await chat.SeeAsync("is not trusted.");
        Assert.Equal(3, await chat.EndAsync());
    }

    // Each time with a new certificate.
    private async Task<GatewayProcess> StartAsync(int port) => await GatewayProcess.StartAsync(
        _folder.Path, [.. await TestCertificate.WriteAsync(_folder), "--port", $"{port}"]);
}
