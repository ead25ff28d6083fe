using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Tls;

/// <summary>A server whose certificate is named in the configuration file.</summary>
public sealed class PinnedProfileTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly AnsweringServer _server = new();
    private readonly X509Certificate2 _certificate = TlsFront.MakeCertificate();
    private readonly TlsFront _front;
    private readonly TemporaryFolder _home = new();

    public PinnedProfileTests()
    {
        _front = new TlsFront(_server.Port, _certificate);
        Directory.CreateDirectory(_home.File("jochat"));
    }

    private string Fingerprint => UntrustedCertificate.FingerprintOf(_certificate);

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task A_profile_that_names_the_certificate_speaks_TLS_with_that_one_alone()
    {
        var pinned = await RunAsync($$"""profiles { work { tls-fingerprint = "{{Fingerprint}}" } }""", "--profile", "work");
        using var other = TlsFront.MakeCertificate();
        _front.Certificate = other;
        var changed = await RunAsync($$"""profiles { work { tls-fingerprint = "{{Fingerprint}}" } }""", "--profile", "work");

        Assert.Equal((ExitCode.Done, ""), (pinned.ExitCode, pinned.Error));
        Assert.Equal(ExitCode.Unreachable, changed.ExitCode);
        Assert.Contains(
            "has another certificate than " + _home.File("jochat/config.conf") + ":1:37: tls-fingerprint names",
            changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_authorities_is_looked_for_beside_the_configuration_file()
    {
        await File.WriteAllTextAsync(_home.File("jochat/ca.pem"), _certificate.ExportCertificatePem());

        var run = await RunAsync("ca-file = ca.pem");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("true")]
    [InlineData("yes")]
    [InlineData("require")] // one certificate is expected, of this machine too
    public async Task A_switch_may_be_written_in_every_way_of_the_file(string tls)
    {
        var run = await RunAsync($"tls = {tls}\ntls-fingerprint = \"{Fingerprint}\"");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("false")]
    [InlineData("no")]
    public async Task A_switch_that_is_off_beside_an_authority_speaks_no_TLS(string tls)
    {
        await File.WriteAllTextAsync(_home.File("jochat/ca.pem"), _certificate.ExportCertificatePem());

        var run = await RunAsync($"ca-file = ca.pem\ntls = {tls}", "--port", _server.Port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("tls = perhaps", ":1:7: tls: must be on, off or require, not \"perhaps\".")]
    [InlineData("tls-fingerprint = x", ":1:19: tls-fingerprint: must be SHA256: and 64 hexadecimal digits, not \"x\".")]
    [InlineData("ca-file = missing.pem", ":1:11: ca-file: There is no file ")]
    [InlineData("ca-file = /dev/zero", ":1:11: ca-file: /dev/zero is longer than ")]
    [InlineData("ca-file = /dev/null", ":1:11: ca-file: /dev/null holds no certificates in PEM.")]
    [InlineData("ca-file = \"\"", ":1:11: ca-file: must be the path of a file, not \"\".")]
    public async Task A_value_that_cannot_be_used_is_told_with_its_place(string text, string sentence)
    {
        var run = await RunAsync(text);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(_home.File("jochat/config.conf") + sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_named_is_never_left_out()
    {
        var run = await RunAsync($"tls-fingerprint = \"{Fingerprint}\"", "--tls=off");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--tls is off", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_changes_while_listening_ends_it_loudly()
    {
        using var other = TlsFront.MakeCertificate();
        _server.On<ReadInbox>(_ =>
        {
            _front.Certificate = other;
            return null; // hangs up
        });

        var run = await RunAsync($"tls-fingerprint = \"{Fingerprint}\"", "listen");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains(
            $"HAS CHANGED, from {Fingerprint} to {UntrustedCertificate.FingerprintOf(other)}.", run.Error,
            StringComparison.Ordinal);
    }

    private async Task<CliRun> RunAsync(string config, params string[] options)
    {
        await File.WriteAllTextAsync(_home.File("jochat/config.conf"), config);
        string[] verb = options is ["listen"] ? [] : ["login-check"];
        string[] port = options.Contains("--port") ? [] : ["--port", _front.Port.ToString(CultureInfo.InvariantCulture)];
        return await CliRun.RunAsync(
            new StringReader("pw\n"),
            [.. verb, .. options, "--user", "ada", "--password-file", "-", .. port],
            environment => environment with
            {
                Variable = name => name is "XDG_CONFIG_HOME" or "XDG_STATE_HOME" ? _home.Path : null,
            });
    }
}
