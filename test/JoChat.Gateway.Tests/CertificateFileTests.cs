using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>A certificate is loaded from what is usual, and again when it has changed and is at rest.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private readonly CertificateFiles _files = new();
    private readonly HandTimer _time = new();
    private readonly LoggedLines _log = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Pem_and_Pfx_are_loaded_with_and_without_a_password()
    {
        Assert.Equal("CN=a", SubjectOf(_files.MakePem("a")));
        Assert.Equal("CN=b", SubjectOf(_files.MakePem("b", "secret")));
        Assert.Equal("CN=c", SubjectOf(_files.MakeOnePem("c")));
        Assert.Equal("CN=d", SubjectOf(_files.MakePfx("d", "secret")));
        Assert.Equal("CN=e", SubjectOf(_files.MakePfx("e", null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void What_is_no_certificate_is_told_with_its_key_and_file(string text)
    {
        var tls = _files.MakePem("a");
        _files.Break(text);

        var fault = Assert.Throws<InvalidDataException>(() => new CertificateFile(tls));

        Assert.StartsWith($"jochat.gateway.tls.certificate: \"{tls.CertificatePath}\" cannot be used: ", fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_end_is_not_read_to_it()
    {
        var tls = _files.MakePem("a");
        var padding = new string('\n', 1024 * 1024);
        File.AppendAllText(tls.KeyPath!, padding);
        AssertTooLong("key", tls.KeyPath!);

        _files.MakePem("a");
        File.AppendAllText(tls.CertificatePath, padding);
        AssertTooLong("certificate", tls.CertificatePath);

        void AssertTooLong(string setting, string path) => Assert.Equal(
            $"jochat.gateway.tls.{setting}: \"{path}\" cannot be used: it is longer than 1,048,576 bytes",
            Assert.Throws<InvalidDataException>(() => new CertificateFile(tls)).Message);
    }

    [Fact]
    public void A_wrong_password_a_missing_key_and_a_missing_file_are_told()
    {
        var pfx = _files.MakePfx("a", "secret");
        Assert.Throws<InvalidDataException>(() => new CertificateFile(pfx with { Password = new("wrong") }));
        var pem = _files.MakePem("b");
        Assert.Throws<InvalidDataException>(() => new CertificateFile(pem with { KeyPath = null }));
        Assert.Throws<InvalidDataException>(() => new CertificateFile(pem with { KeyPath = "missing.key" }));
        Assert.Throws<InvalidDataException>(() => new CertificateFile(pem with { CertificatePath = "missing.crt" }));
    }

    [Fact]
    public void A_change_is_loaded_once_it_is_at_rest_for_one_look()
    {
        using var certificate = Watch(_files.MakePem("first"));
        _files.MakePem("second");

        _time.Fire();
        Assert.Equal("CN=first", SubjectOf(certificate));
        _time.Fire();
        Assert.Equal("CN=second", SubjectOf(certificate));

        _time.Fire();
        Assert.StartsWith("Information ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_change_is_logged_once_and_the_old_certificate_stays_until_a_good_one_comes()
    {
        using var certificate = Watch(_files.MakePem("first"));
        _files.Break("half a cert");

        for (var look = 0; look < 5; look++) { _time.Fire(); }
        Assert.Equal("CN=first", SubjectOf(certificate));
        Assert.StartsWith("Warning ", Assert.Single(_log.Lines), StringComparison.Ordinal);

        _files.MakePem("second");
        _time.Fire();
        _time.Fire();
        Assert.Equal("CN=second", SubjectOf(certificate));
    }

    [Fact]
    public void Without_a_change_nothing_is_loaded()
    {
        using var certificate = Watch(_files.MakePem("first"));
        var before = certificate.Current;

        for (var look = 0; look < 5; look++) { _time.Fire(); }

        Assert.Same(before, certificate.Current);
    }

    [Theory]
    [InlineData(15, "")]
    [InlineData(13, "expires on")]
    [InlineData(-1, "expired on")]
    public void A_certificate_near_its_end_is_warned_about_once_at_the_start_and_once_when_loaded_again(
        int days, string warning)
    {
        _files.NotAfter = DateTimeOffset.UtcNow.AddDays(days);
        using var certificate = Watch(_files.MakePem("first"));
        for (var look = 0; look < 3; look++) { _time.Fire(); }
        AssertWarnings(warning);

        _files.MakePem("second");
        for (var look = 0; look < 3; look++) { _time.Fire(); }

        AssertWarnings(warning, warning);
    }

    [Fact]
    public void A_certificate_that_grows_old_in_use_is_warned_about_twice()
    {
        using var certificate = Watch(_files.MakePem("first"));

        for (var day = 0; day < 100; day++)
        {
            _time.Now += TimeSpan.FromDays(1);
            _time.Fire();
        }

        AssertWarnings("expires on", "expired on");
    }

    [LinuxTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_others_can_read_is_warned_about_in_whichever_file_it_is(UnixFileMode others)
    {
        foreach (var tls in (Func<TlsOptions>[])
            [() => _files.MakePem("a"), () => _files.MakeOnePem("b"), () => _files.MakePfx("c", "secret")])
        {
            _log.Lines.Clear();
            var files = tls();
            var key = files.KeyPath ?? files.CertificatePath;
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

            using var certificate = Watch(files);

            AssertWarnings($"The private key in {key} is open to other users");
        }
    }

    private void AssertWarnings(params string[] warnings)
    {
        warnings = [.. warnings.Where(warning => warning.Length > 0)];
        var told = _log.Lines.Where(line => line.StartsWith("Warning ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings.Length, told.Length);
        Assert.All(warnings.Zip(told), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private CertificateFile Watch(TlsOptions tls)
    {
        var certificate = new CertificateFile(tls);
        certificate.Watch(_time, _log);
        return certificate;
    }

    private static string SubjectOf(TlsOptions tls)
    {
        using var certificate = new CertificateFile(tls);
        return SubjectOf(certificate);
    }

    private static string SubjectOf(CertificateFile certificate) => certificate.Current.TargetCertificate.Subject;

    /// <summary>A clock with one timer, which fires when the test says so.</summary>
    private sealed class HandTimer : TimeProvider, ITimer
    {
        private Action? _callback;

        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;

        public void Fire() => _callback!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => default;
    }

    private sealed class LoggedLines : ILogger<CertificateFile>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add($"{logLevel} {formatter(state, exception)}");
    }
}
