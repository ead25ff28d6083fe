using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using JoChat.Client;

namespace JoChat.Cli.Tests.Tls;

/// <summary>Whom the terminal client trusts, whom it asks about, and what it warns of.</summary>
public sealed class ServerConnectorTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly AnsweringServer _server = new();
    private readonly X509Certificate2 _certificate = TlsFront.MakeCertificate();
    private readonly TlsFront _front;
    private readonly TemporaryFolder _home = new();

    public ServerConnectorTests() => _front = new TlsFront(_server.Port, _certificate);

    private string Fingerprint => UntrustedCertificate.FingerprintOf(_certificate);

    private string Pins => _home.File("jochat/known-servers.json");

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
    public async Task An_unknown_certificate_is_shown_and_asked_about_once()
    {
        var asked = await RunAsync("y\n", "--tls");
        var known = await RunAsync("", "--tls");

        Assert.Equal((0, 0), (asked.ExitCode, known.ExitCode));
        Assert.Contains(
            $"The certificate of 127.0.0.1:{_front.Port} is not trusted: it is signed by itself.", asked.Error,
            StringComparison.Ordinal);
        Assert.Contains($"Its fingerprint is {Fingerprint}.", asked.Error, StringComparison.Ordinal);
        Assert.Contains("[y/N]", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", known.Error, StringComparison.Ordinal);
        Assert.Contains(Fingerprint, await File.ReadAllTextAsync(Pins), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Whatever_is_no_yes_is_a_no_and_nothing_is_sent_or_kept(string answer)
    {
        var run = await RunAsync(answer, "--tls");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.False(File.Exists(Pins));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_has_changed_is_refused_with_both_and_what_to_do()
    {
        await RunAsync("y\n", "--tls");
        using var other = TlsFront.MakeCertificate();
        _front.Certificate = other;
        _server.Requests.Clear();

        var run = await RunAsync("y\n", "--tls");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains(
            $"THE CERTIFICATE OF 127.0.0.1 port {_front.Port} HAS CHANGED", run.Error, StringComparison.Ordinal);
        Assert.Contains(Fingerprint, run.Error, StringComparison.Ordinal);
        Assert.Contains(UntrustedCertificate.FingerprintOf(other), run.Error, StringComparison.Ordinal);
        Assert.Contains(Pins, run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Without_anybody_to_ask_it_is_refused_with_the_option_that_accepts_it()
    {
        var refused = await RunAsync("", isPerson: false, "--tls");

        Assert.Equal(ExitCode.Unreachable, refused.ExitCode);
        Assert.EndsWith($"give --tls-fingerprint {Fingerprint}.{Environment.NewLine}", refused.Error,
            StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("", isPerson: false, "--tls-fingerprint", Fingerprint)).ExitCode);
    }

    [Fact]
    public async Task A_fingerprint_may_be_written_as_openssl_does_and_is_the_only_one_accepted()
    {
        var digits = Fingerprint["SHA256:".Length..].ToUpperInvariant();
        var colons = string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
        Assert.Equal(0, (await RunAsync("", "--tls", "--tls-fingerprint", colons)).ExitCode);
        using var other = TlsFront.MakeCertificate();
        _front.Certificate = other;

        var run = await RunAsync("y\n", "--tls", "--tls-fingerprint", colons);

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("has another certificate than --tls-fingerprint names", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_authorities_makes_a_certificate_trusted_without_a_question()
    {
        await File.WriteAllTextAsync(_home.File("ca.pem"), _certificate.ExportCertificatePem());

        Assert.Equal(0, (await RunAsync("", isPerson: false, "--tls", "--ca-file", _home.File("ca.pem"))).ExitCode);

        using var other = TlsFront.MakeCertificate();
        _front.Certificate = other;
        Assert.Equal(3, (await RunAsync("", isPerson: false, "--tls", "--ca-file", _home.File("ca.pem"))).ExitCode);
    }

    [Theory]
    [InlineData("127.0.0.9", 1, "it does not name 127.0.0.1, and it is signed by itself.")]
    [InlineData("127.0.0.1", -2, "it is signed by itself, and it expired on 20")]
    public async Task What_is_wrong_with_it_is_part_of_the_question(string address, int days, string expected)
    {
        using var wrong = TlsFront.MakeCertificate(address, days);
        _front.Certificate = wrong;

        var run = await RunAsync("y\n", "--tls");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tls=maybe")]
    [InlineData("--tls=")]
    [InlineData("--tls-fingerprint=SHA256:12")]
    [InlineData("--tls-fingerprint=")]
    [InlineData("--ca-file=")]
    [InlineData("--ca-file=/no/such/file")]
    [InlineData("--ca-file=/dev/zero")]
    [InlineData("--ca-file=/dev/null")]
    public async Task A_value_that_cannot_be_used_is_wrong_usage_in_one_sentence(string option)
    {
        var run = await RunAsync("", option);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("jochat: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_pins_are_named_and_nobody_is_let_in()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Pins)!);
        await File.WriteAllTextAsync(Pins, "{");

        var run = await RunAsync("y\n", "--tls");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(Pins, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tls=off")]
    [InlineData("--tls=require")] // what stays on this machine needs none
    public async Task On_this_machine_itself_nothing_is_warned_of(string option)
    {
        var run = await RunAsync(_server.Port, "", isPerson: true, option);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST.", true)]
    [InlineData("a.localhost", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("localhost.example", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", false)]
    [InlineData("chat.example", false)]
    public void Required_TLS_is_spoken_with_every_server_but_this_machine(string host, bool isThisMachine)
    {
        var settings = new JoChat.Cli.Tls.TlsSettings { Mode = JoChat.Cli.Tls.TlsMode.Require };

        Assert.Equal(!isThisMachine, settings.IsUsedFor(host));
    }

    [Fact]
    public async Task A_password_that_leaves_this_machine_unencrypted_is_warned_of_once()
    {
        // It is this machine by another name, of which the program cannot know that.
        var run = await RunAsync(_server.Port, "", isPerson: true, "--host", "0.0.0.0");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            $"jochat: warning: Nothing is encrypted on the way to 0.0.0.0:{_server.Port}, the password included. Use --tls."
                + Environment.NewLine,
            run.Error);
    }

    [Fact]
    public async Task With_json_a_warning_is_a_line_of_it()
    {
        var run = await RunAsync(_server.Port, "", isPerson: true, "--host", "0.0.0.0", "--json");

        using var line = JsonDocument.Parse(run.Error);
        var warning = line.RootElement.GetProperty("warning");
        Assert.Equal("unencrypted", warning.GetProperty("code").GetString());
        Assert.StartsWith("Nothing is encrypted", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_nobody_is_asked_about_a_certificate()
    {
        var run = await RunAsync("y\n", "--tls", "--json");

        Assert.Equal((ExitCode.Unreachable, ""), (run.ExitCode, run.Output));
        using var line = JsonDocument.Parse(run.Error);
        var error = line.RootElement.GetProperty("error");
        Assert.Equal("untrusted_certificate", error.GetProperty("code").GetString());
        Assert.EndsWith(
            $"give --tls-fingerprint {Fingerprint}.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Pins));
    }

    [Fact]
    public async Task With_required_TLS_nothing_reaches_a_server_that_has_none()
    {
        var run = await RunAsync(_server.Port, "", isPerson: true, "--host", "0.0.0.0", "--tls=require");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("does not speak TLS", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task What_stands_behind_the_option_is_not_its_value()
    {
        await RunAsync("y\n", "--tls");
        _server.Requests.Clear();

        var run = await CliRun.RunAsync(
            new StringReader("pw\n"),
            ["send", "--user", "ada", "--password-file", "-", "--port", $"{_front.Port}", "--tls", "off", "--", "--tls"],
            WithHome);

        Assert.Equal(0, run.ExitCode);
        var send = Assert.Single(_server.Requests.OfType<JoChat.Protocol.SendMessage>());
        Assert.Equal(("off", "--tls"), (send.Recipient, send.Content));
    }

    private Task<CliRun> RunAsync(string input, params string[] options) => RunAsync(input, isPerson: true, options);

    private Task<CliRun> RunAsync(string input, bool isPerson, params string[] options) =>
        RunAsync(_front.Port, input, isPerson, options);

    private async Task<CliRun> RunAsync(int port, string input, bool isPerson, params string[] options)
    {
        var password = _home.File("password");
        await File.WriteAllTextAsync(password, "pw\n");
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(password, UnixFileMode.UserRead); }
        string[] arguments =
        [
            "login-check", "--user", "ada", "--password-file", password,
            "--port", port.ToString(CultureInfo.InvariantCulture), .. options,
        ];
        var run = await CliRun.RunAsync(
            new StringReader(input), arguments, environment => WithHome(environment) with { IsInputTerminal = isPerson });
        File.Delete(password);
        return run;
    }

    private CliEnvironment WithHome(CliEnvironment environment) => environment with
    {
        Variable = name => name == "XDG_STATE_HOME" ? _home.Path : null,
    };
}
