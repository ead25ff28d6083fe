using System.Net;
using JoChat.Actors;
using JoChat.Hocon;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>All settings of a gateway. jochat.conf documents each.</summary>
internal sealed record Settings(
    GatewayOptions Gateway, ChatOptions Chat, StorageSettings Storage, ClusterSettings Cluster,
    TelemetrySettings Telemetry, LogSettings Log)
{
    /// <summary>Where the server takes the operator's commands.</summary>
    public AdminSettings Admin { get; init; } = new(null, IsChosen: false);

    /// <summary>What was given for each setting, by its key; null: nothing.</summary>
    public IReadOnlyDictionary<string, string?> Given { get; init; } = new Dictionary<string, string?>();

    /// <summary>Reads the settings and judges them all.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="faults">Every fault with its key; empty if there is none.</param>
    /// <param name="namesBothPlaces">Whether the places of both engines are needed, for a move; else one.</param>
    public static Settings Read(
        IConfiguration configuration, out IReadOnlyList<string> faults, bool namesBothPlaces = false)
    {
        var reader = new SettingReader(configuration);
        var gateway = ReadGateway(reader) is var read && ReadTlsRequired(reader, read) is { } required
            ? read with { RequiresTls = required } : read;
        var settings = new Settings(
            gateway,
            ReadChat(reader, gateway) with { AkkaOverrides = ActorSettings.ReadAkka(reader) },
            StorageSettings.Read(reader, namesBothPlaces),
            ClusterSettings.Read(reader),
            TelemetrySettings.Read(reader),
            LogSettings.Read(reader));
        settings = settings with
        {
            Admin = AdminSettings.Read(reader, settings.Storage, settings.Cluster),
            Given = reader.Given,
        };
        faults = reader.Faults();
        return settings;
    }

    private static GatewayOptions ReadGateway(SettingReader reader)
    {
        var standard = new GatewayOptions();
        return new GatewayOptions
        {
            Host = ReadHost(reader, "gateway.host"),
            Port = reader.Number("gateway.port", standard.Port, 0, ushort.MaxValue),
            Protocol = reader.Choice("gateway.protocol", standard.Protocol),
            HandshakeTimeout = reader.Time(
                "gateway.handshake-timeout", standard.HandshakeTimeout, least: TimeSpan.FromMilliseconds(1)),
            RequestTimeout = reader.Time(
                "gateway.request-timeout", standard.RequestTimeout, least: TimeSpan.FromMilliseconds(1)),
            Tls = ReadTls(reader),
            Http = ReadHttp(reader),
            MaxFrameBytes = reader.Bytes("gateway.max-frame", standard.MaxFrameBytes, 1024, 64 * 1024 * 1024),
            MaxConnections = reader.Number("gateway.max-connections", standard.MaxConnections, 1, 1_000_000),
            MaxConnectionsPerAddress = reader.Number(
                "gateway.max-connections-per-address", standard.MaxConnectionsPerAddress, 1, 1_000_000),
            ConnectionsPerSecond = reader.Number(
                "gateway.connections-per-second", standard.ConnectionsPerSecond, 1, 1_000_000),
            MaxGuests = reader.Number("gateway.max-guests", standard.MaxGuests, 1, 1_000_000),
            Proxies = ReadProxies(reader),
            MaxRequestsInFlight =
                reader.Number("gateway.max-requests-in-flight", standard.MaxRequestsInFlight, 1, 100_000),
            OutputBufferBytes =
                reader.Bytes("gateway.output-buffer", standard.OutputBufferBytes, 1024, 16 * 1024 * 1024),
            MaxBufferedBytes = reader.Bytes(
                "gateway.max-buffered", (int)standard.MaxBufferedBytes, 1024 * 1024, int.MaxValue),
            CloseTimeout = reader.Time("gateway.close-timeout", standard.CloseTimeout),
            ShutdownTimeout = reader.Time("gateway.shutdown-timeout", standard.ShutdownTimeout),
        };
    }

    // Without a certificate only loopback may be listened on, unless somebody says that they know. Null: nobody has.
    private static bool? ReadTlsRequired(SettingReader reader, GatewayOptions gateway)
    {
        const string Key = "gateway.tls.required";
        var said = reader.Text(Key, "") is "" ? (bool?)null : reader.Switch(Key, standard: false);
        if (gateway.Tls is not null) { return said ?? true; }
        if (said is true) { reader.NoteFault(Key, "on needs jochat.gateway.tls.certificate"); }
        if (said is not null) { return false; }
        foreach (var (key, host) in (ReadOnlySpan<(string, IPAddress?)>)
            [("gateway.host", gateway.Host), ("http.host", gateway.Http?.Host)])
        {
            if (host is null || IPAddress.IsLoopback(host)) { continue; }
            reader.NoteFault(key, $"{host} needs TLS, or passwords and messages would cross the network unencrypted: set "
                + "jochat.gateway.tls.certificate, or jochat.gateway.tls.required = off if that is what you want");
        }
        return null;
    }

    private static TrustedProxies ReadProxies(SettingReader reader)
    {
        var proxies = TrustedProxies.None;
        reader.Read<bool>("gateway.trusted-proxies", false, "addresses and networks, separated by commas",
            text => TrustedProxies.TryParse(text, out proxies!) ? true : null);
        return proxies ?? TrustedProxies.None;
    }

    private static TlsOptions? ReadTls(SettingReader reader)
    {
        var certificate = reader.Text("gateway.tls.certificate", string.Empty);
        var key = reader.Text("gateway.tls.key", string.Empty);
        var password = reader.Text("gateway.tls.password", string.Empty);
        reader.Read<bool>("gateway.tls.key", false, "none without gateway.tls.certificate", _ =>
            key.Length == 0 || certificate.Length > 0 ? true : null);
        if (certificate.Length == 0) { return null; }
        return new TlsOptions(
            certificate, key.Length > 0 ? key : null, password.Length > 0 ? new Secret(password) : null);
    }

    private static HttpOptions? ReadHttp(SettingReader reader)
    {
        var standard = new HttpOptions();
        const string HostsKey = "http.allowed-hosts", OriginsKey = "http.allowed-origins";
        reader.Read<bool>(HostsKey, false, "names such as chat.example.org, without a port, separated by commas",
            text => HostCheck.Split(text).All(HostCheck.IsHost) ? true : null);
        reader.Read<bool>(OriginsKey, false, "origins such as https://chat.example.org, separated by commas",
            text => HostCheck.Split(text).All(OriginCheck.IsOrigin) ? true : null);
        var http = new HttpOptions
        {
            Host = ReadHost(reader, "http.host"),
            Port = reader.Number("http.port", standard.Port, 0, ushort.MaxValue),
            AllowedHosts = reader.Text(HostsKey, standard.AllowedHosts),
            AllowedOrigins = reader.Text(OriginsKey, standard.AllowedOrigins),
        };
        return http.Port == 0 ? null : http;
    }

    private static IPAddress ReadHost(SettingReader reader, string key)
    {
        var isLocalhost = reader.Text(key, "localhost").Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocalhost) { return IPAddress.Loopback; }
        var parsed = IPAddress.TryParse(reader.Text(key, string.Empty), out var address);
        reader.Read<bool>(key, false, "an IP address or localhost", _ => parsed ? true : null);
        return address ?? IPAddress.Loopback;
    }

    private static ChatOptions ReadChat(SettingReader reader, GatewayOptions gateway)
    {
        var standard = new ChatOptions();
        var (sessions, passwords, persistence) = (standard.Sessions, standard.Passwords, standard.Persistence);
        return new ChatOptions
        {
            Sessions = sessions with
            {
                ServerName = $"jochat/{ProgramVersion.Text}",
                MaxFrameBytes = gateway.MaxFrameBytes,
                GuestTimeout = reader.Time("session.guest-timeout", sessions.GuestTimeout),
                IdleTimeout = reader.Time("session.idle-timeout", sessions.IdleTimeout),
                WindowMessages = reader.Number("session.window-messages", sessions.WindowMessages, 1, 100_000),
                WindowBytes = reader.Bytes("session.window-bytes", sessions.WindowBytes, 1024, 64 * 1024 * 1024),
                ResumeExpiry = reader.Read<TimeSpan>("session.resume-expiry", sessions.ResumeExpiry,
                    "a time such as 12h or 30d, from 1s to 3650d", text => Duration.TryParse(text, out var time)
                        && time.Value >= TimeSpan.FromSeconds(1) && time.Value <= TimeSpan.FromDays(3650)
                        ? time.Value : null),
                AllowAnonymousListing = reader.Switch("accounts.anonymous-listing", sessions.AllowAnonymousListing),
                Directory = reader.Choice("accounts.directory", sessions.Directory),
                AllowResetDatabase = reader.Switch("dev.allow-reset-db", sessions.AllowResetDatabase),
            },
            Passwords = passwords with
            {
                Iterations = reader.Number("accounts.password-iterations", passwords.Iterations, 1, 100_000_000),
                Workers = reader.Number("accounts.password-workers", passwords.Workers, 1, 1024),
                QueueLimit = reader.Number("accounts.password-queue", passwords.QueueLimit, 0, 10_000),
                GuessesPerMinute = reader.Number("accounts.guesses-per-minute", passwords.GuessesPerMinute, 1, 1_000_000),
                AddressGuessesPerMinute = reader.Number(
                    "accounts.address-guesses-per-minute", passwords.AddressGuessesPerMinute, 1, 1_000_000),
            },
            Pace = new PaceOptions
            {
                RequestsPerSecond = reader.Number(
                    "accounts.requests-per-second", standard.Pace.RequestsPerSecond, 1, 10_000_000),
                BytesPerSecond = reader.Bytes(
                    "accounts.bytes-per-second", standard.Pace.BytesPerSecond, 1024, int.MaxValue),
            },
            Persistence = persistence with
            {
                MaxBatchWrites = reader.Number("storage.max-batch-writes", persistence.MaxBatchWrites, 1, 100_000),
                MaxBatchBytes =
                    reader.Bytes("storage.max-batch", (int)persistence.MaxBatchBytes, 1024, 1024 * 1024 * 1024),
                PasswordShelter = reader.Time("session.password-shelter", persistence.PasswordShelter),
                HoldDeletedNames = reader.Read<TimeSpan>("accounts.hold-deleted-names", persistence.HoldDeletedNames,
                    "a time such as 12h or 30d, up to 3650d", text => Duration.TryParse(text, out var time)
                        && time.Value >= TimeSpan.Zero && time.Value <= TimeSpan.FromDays(3650) ? time.Value : null),
                Retention = reader.Read<TimeSpan>("storage.retention", persistence.Retention, $"0, or {MessageAge.Expected}",
                    text => text.Trim() is "0" ? TimeSpan.Zero : MessageAge.Parse(text)),
                MinFreeBytes = reader.LongBytes("storage.min-free", persistence.MinFreeBytes),
                Quotas = new QuotaOptions
                {
                    MaxStoredBytes = reader.LongBytes("accounts.max-stored", persistence.Quotas.MaxStoredBytes),
                    MaxUndeliveredFromOne = reader.Number(
                        "accounts.max-unread-from-one", persistence.Quotas.MaxUndeliveredFromOne, 1, 100_000_000),
                    MaxUndelivered = reader.Number(
                        "accounts.max-unread", persistence.Quotas.MaxUndelivered, 1, 100_000_000),
                },
            },
            ActorConfiguration = ActorSettings.Read(reader),
        };
    }
}
