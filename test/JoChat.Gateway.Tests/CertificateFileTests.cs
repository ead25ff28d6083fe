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
    [InlineData("", "it is neither PEM nor a PFX file")]
    [InlineData("no certificate", "it is neither PEM nor a PFX file")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it holds no certificate in PEM")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "it holds no certificate in PEM")]
    public void What_is_no_certificate_is_told_with_its_key_and_file(string text, string why)
    {
        var tls = _files.MakePem("a");
        _files.Break(text);

        var fault = Assert.Throws<InvalidDataException>(() => new CertificateFile(tls));

        Assert.StartsWith($"jochat.gateway.tls.certificate: \"{tls.CertificatePath}\" cannot be used: {why}", fault.Message,
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
    public void Why_a_key_cannot_be_used_is_told_in_words_with_its_file_and_setting()
    {
        var pfx = _files.MakePfx("a", "secret");
        AssertFault(pfx, "certificate", pfx.CertificatePath,
            "it is neither PEM nor a PFX file with a private key that jochat.gateway.tls.password opens",
            password: "wrong");
        var locked = _files.MakePem("b", "secret");
        var key = locked.KeyPath!;
        AssertFault(locked, "key", key, "its private key is locked: set jochat.gateway.tls.password");
        AssertFault(locked, "key", key,
            "jochat.gateway.tls.password does not open its private key, or that is of another certificate",
            password: "wrong");
        var pem = _files.MakePem("c");
        AssertFault(pem, "key", key, "its private key is not locked: leave jochat.gateway.tls.password out",
            password: "secret");
        AssertFault(pem with { KeyPath = null }, "certificate", pem.CertificatePath,
            "it holds no private key: add it, or name its file with jochat.gateway.tls.key");
        AssertFault(pem with { KeyPath = pem.CertificatePath }, "key", pem.CertificatePath,
            "it holds no private key in PEM");
        var other = File.ReadAllText(key);
        _files.MakePem("d");
        File.WriteAllText(key, other);
        AssertFault(pem, "key", key,
            $"its private key is not that of the certificate in \"{pem.CertificatePath}\", or is damaged");

        static void AssertFault(TlsOptions files, string setting, string path, string why, string? password = null) =>
            Assert.Equal($"jochat.gateway.tls.{setting}: \"{path}\" cannot be used: {why}",
                Assert.Throws<InvalidDataException>(() => new CertificateFile(
                    files with { Password = password is null ? null : new(password) })).Message);
    }

    [LinuxFact]
    public void A_file_that_cannot_be_opened_is_told_with_the_reason()
    {
        var pem = _files.MakePem("a");
        var folder = Path.GetDirectoryName(pem.KeyPath)!;
        AssertFault(pem with { KeyPath = "missing.key" }, "key", "missing.key", "there is no such file");
        AssertFault(pem with { KeyPath = folder }, "key", folder, "it is a folder");
        AssertFault(pem with { CertificatePath = folder }, "certificate", folder, "it is a folder");

        static void AssertFault(TlsOptions files, string setting, string path, string why) =>
            Assert.Equal($"jochat.gateway.tls.{setting}: \"{path}\" cannot be used: {why}",
                Assert.Throws<InvalidDataException>(() => new CertificateFile(files)).Message);
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
