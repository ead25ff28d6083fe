using System.Net.Security;
using System.Security.Cryptography;

namespace JoChat.Gateway;

/// <summary>The server's certificate: loaded from its files, and again when they change.</summary>
/// <remarks>The files are looked at by their time and size rather than watched: watchers miss what is replaced behind a
/// link or mounted from elsewhere, which is how certificates come into containers.</remarks>
internal sealed partial class CertificateFile : IDisposable
{
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new(); // the timer looks while a reload may name other files
    private TlsOptions _files;
    private volatile SslStreamCertificateContext _current;
    private ITimer? _timer;
    private ILogger? _logger;
    private TimeProvider _time = TimeProvider.System;

    // Under the lock.
    private (FileStamp, FileStamp) _tried;
    private (FileStamp, FileStamp) _seen;
    private CertificateConcerns _told;

    /// <summary>Loads it.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public CertificateFile(TlsOptions files)
    {
        _files = files;
        _seen = _tried = Look(files); // before loading: a change in between is found by the next look
        _current = CertificateLoader.Load(files);
    }

    /// <summary>The newest certificate that could be used.</summary>
    public SslStreamCertificateContext Current => _current;

    /// <summary>What its clients show people who do not know it: <c>SHA256:</c> and 64 hexadecimal digits.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToHexStringLower(
        SHA256.HashData(_current.TargetCertificate.RawData));

    /// <summary>Says what is of concern, and looks for changes from now on.</summary>
    public void Watch(TimeProvider time, ILogger<CertificateFile> logger)
    {
        lock (_lock)
        {
            (_time, _logger) = (time, logger);
            TellConcerns();
        }
        _timer = time.CreateTimer(_ => LookAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(LookInterval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Loads it from these files, also if they have not changed.</summary>
    /// <exception cref="InvalidDataException">It cannot be used, and the old one stays; the message says why.</exception>
    public void Use(TlsOptions files)
    {
        var stamps = Look(files); // before loading, as above
        var loaded = CertificateLoader.Load(files);
        lock (_lock)
        {
            _files = files;
            _seen = _tried = stamps;
            Take(loaded);
            if (_logger is not null) { TellConcerns(); }
        }
    }

    private void LookAgain()
    {
        lock (_lock)
        {
            var now = Look(_files);
            var isAtRest = now == _seen; // else somebody may still be writing
            _seen = now;
            if (isAtRest && now != _tried)
            {
                _tried = now;
                Reload();
            }
            TellConcerns();
        }
        _timer?.Change(LookInterval, Timeout.InfiniteTimeSpan);
    }

    private void Reload()
    {
        try
        {
            Take(CertificateLoader.Load(_files));
        }
        catch (InvalidDataException fault)
        {
            Log.NotReloaded(_logger!, fault.Message);
        }
    }

    private void Take(SslStreamCertificateContext loaded)
    {
        _current = loaded;
        _told = CertificateConcerns.None;
        // A server that still starts, or a node without clients, has nobody who watches.
        if (_logger is not null) { Log.Reloaded(_logger, _files.CertificatePath, loaded.TargetCertificate.NotAfter); }
    }

    // Each once, when it begins: also while the server runs, as a certificate grows old.
    private void TellConcerns()
    {
        var certificate = _current.TargetCertificate;
        var key = _files.KeyPath ?? _files.CertificatePath;
        var concerns = CertificateConcern.Find(certificate, key, _time.GetUtcNow());
        var begun = concerns & ~_told;
        _told = concerns;
        if (begun.HasFlag(CertificateConcerns.ExpiresSoon))
        {
            Log.ExpiresSoon(_logger!, _files.CertificatePath, certificate.NotAfter);
        }
        if (begun.HasFlag(CertificateConcerns.Expired))
        {
            Log.Expired(_logger!, _files.CertificatePath, certificate.NotAfter);
        }
        if (begun.HasFlag(CertificateConcerns.KeyIsExposed)) { Log.KeyIsExposed(_logger!, key); }
    }

    private static (FileStamp, FileStamp) Look(TlsOptions files) =>
        (FileStamp.Of(files.CertificatePath), files.KeyPath is { } key ? FileStamp.Of(key) : default);

    private static partial class Log
    {
        [LoggerMessage(4011, LogLevel.Information, "TLS certificate {Path} loaded again; it is valid until {NotAfter}")]
        public static partial void Reloaded(ILogger logger, string path, DateTime notAfter);

        [LoggerMessage(4012, LogLevel.Warning, "TLS certificate has changed but the old one stays in use: {Reason}")]
        public static partial void NotReloaded(ILogger logger, string reason);

        [LoggerMessage(4013, LogLevel.Warning, "TLS certificate {Path} expires on {NotAfter}; renew it")]
        public static partial void ExpiresSoon(ILogger logger, string path, DateTime notAfter);

        [LoggerMessage(4014, LogLevel.Warning,
            "TLS certificate {Path} expired on {NotAfter}, and clients that check it do not connect; renew it")]
        public static partial void Expired(ILogger logger, string path, DateTime notAfter);

        [LoggerMessage(4015, LogLevel.Warning,
            "The private key in {Path} is open to other users of this machine; take their rights away (chmod 600)")]
        public static partial void KeyIsExposed(ILogger logger, string path);
    }
}
