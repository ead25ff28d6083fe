using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.EndToEnd.Tests;

/// <summary>What the terminal client does about TLS where nobody can be asked. The address 0.0.0.0 is this machine, and
/// none of its loopback addresses.</summary>
public sealed class EncryptionTests : IDisposable
{
    private const string Far = "0.0.0.0";

    private readonly TemporaryFolder _folder = new();
    private readonly CliHome _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [LinuxFact]
    public async Task A_password_that_leaves_the_machine_unencrypted_is_warned_about()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        var near = await SignUpAsync("ada", "127.0.0.1", gateway.Port);
        var far = await SignUpAsync("bob", Far, gateway.Port);

        Assert.Equal((0, "Signed up as ada.\n"), near);
        Assert.Equal(0, far.ExitCode);
        Assert.StartsWith("jochat: warning: Nothing is encrypted on the way to 0.0.0.0:", far.Errors, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Where_TLS_is_required_nothing_is_sent_without_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        var far = await SignUpAsync("bob", Far, gateway.Port, "--tls=require");
        var near = await SignUpAsync("bob", "127.0.0.1", gateway.Port, "--tls=require");

        Assert.Equal(3, far.ExitCode);
        Assert.Contains("has no certificate", far.Errors, StringComparison.Ordinal);
        Assert.Equal(0, near.ExitCode); // nobody had signed up as bob
    }

    [Fact]
    public async Task A_certificate_is_trusted_by_its_authority_or_its_fingerprint_and_else_refused()
    {
        await WriteCertificateAsync("server.pem");
        await WriteCertificateAsync("other.pem");
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.gateway.tls.certificate=server.pem",
            "--set", "jochat.gateway.tls.key=server.pem");

        var refused = await SignUpAsync("ada", "127.0.0.1", gateway.Port, "--tls");
        var ofOthers = await SignUpAsync("ada", "127.0.0.1", gateway.Port, "--ca-file", _folder.File("other.pem"));
        var trusted = await SignUpAsync("ada", "127.0.0.1", gateway.Port, "--ca-file", _folder.File("server.pem"));

        Assert.Equal((3, 3, 0), (refused.ExitCode, ofOthers.ExitCode, trusted.ExitCode));
        const string Hint = "If it is right, give ";
        Assert.Contains(Hint, refused.Errors, StringComparison.Ordinal);
        var option = refused.Errors.Split(Hint)[1].TrimEnd('.', '\n').Split(' ');
        Assert.Equal(0, (await SignUpAsync("bob", "127.0.0.1", gateway.Port, option)).ExitCode);
        option[1] = option[1][..^1] + (option[1][^1] == '0' ? '1' : '0');
        Assert.Equal(3, (await SignUpAsync("eve", "127.0.0.1", gateway.Port, option)).ExitCode);
    }

    private async Task<(int ExitCode, string Errors)> SignUpAsync(
        string user, string host, int port, params string[] options)
    {
        var (exitCode, _, errors) = await _home.RunWithAsync(
            "pw\n", ["signup", "--user", user, "--password-file", "-", "--host", host,
            "--port", port.ToString(CultureInfo.InvariantCulture), .. options]);
        return (exitCode, errors);
    }

    // Unlike TestCertificate's, it names the address.
    private async Task WriteCertificateAsync(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=jochat-test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(
            _folder.File(name), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }
}
