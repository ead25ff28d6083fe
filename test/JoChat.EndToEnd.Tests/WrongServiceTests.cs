using System.Security.Cryptography.X509Certificates;
using System.Text;
using JoChat.Client;

namespace JoChat.EndToEnd.Tests;

/// <summary>What a person reads who gives the terminal client another service's port.</summary>
[Trait("Speed", "Slow")]
public sealed class WrongServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("login-check")]
    [InlineData("send bob hi")]
    [InlineData("accounts a*")]
    [InlineData("")] // the chat
    public async Task The_port_of_our_own_web_page_is_named_as_such(string verb)
    {
        var port = FreePort.Find();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--http-port", $"{port}");

        await AssertToldAsync(port, verb, "speaks HTTP, not JoChat. Is this the web page's port?", "--timeout", "2");
    }

    [Theory]
    [InlineData("login-check")]
    [InlineData("")]
    public async Task SSH_is_named(string verb)
    {
        await using var server = ForeignServer.Saying(Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.9\r\n"));

        await AssertToldAsync(server.Port, verb, "speaks SSH, not JoChat.");
        await AssertToldAsync(server.Port, verb, "speaks SSH, not JoChat.", "--tls", "--timeout", "2");
    }

    [Fact]
    public async Task The_HTTPS_port_of_our_own_page_is_named_without_TLS_and_with_it()
    {
        var port = FreePort.Find();
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, [.. await TestCertificate.WriteAsync(_folder), "--http-port", $"{port}"]);

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder.File("server.crt"));

        await AssertToldAsync(port, "login-check", "speaks TLS. Connect to it with TLS.");
        await AssertToldAsync(
            port, "login-check", "speaks HTTP, not JoChat.", "--tls-fingerprint",
            UntrustedCertificate.FingerprintOf(certificate), "--timeout", "2");
    }

    [Theory]
    [InlineData("login-check")]
    [InlineData("")]
    public async Task TLS_with_a_gateway_that_has_no_certificate_is_named(string verb)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        await AssertToldAsync(
            gateway.Port, verb, "has no certificate. Connect to it without TLS.", "--tls", "--timeout", "2");
    }

    [Theory]
    [InlineData("login-check")]
    [InlineData("send bob hi")]
    [InlineData("")]
    public async Task A_server_that_accepts_and_is_silent_is_not_waited_for(string verb)
    {
        await using var server = new ForeignServer(ForeignServer.StayAsync);

        await AssertToldAsync(server.Port, verb, "lets one connect and then says nothing", "--timeout", "2");
        await AssertToldAsync(server.Port, verb, $"127.0.0.1 port {server.Port}", "--timeout", "2", "--tls");
    }

    private static async Task AssertToldAsync(int port, string verb, string expected, params string[] options)
    {
        var words = verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (exitCode, output, errors) = await CliProcess.RunAsync(
            port, "pw", [.. words, "--user", "ada", "--password-file", "-", .. options]);

        Assert.Equal((3, ""), (exitCode, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
