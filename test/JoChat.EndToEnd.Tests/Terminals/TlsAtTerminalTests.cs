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
