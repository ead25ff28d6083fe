using System.Net;
using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>All settings of a gateway. jochat.conf documents each.</summary>
internal sealed record Settings(GatewayOptions Gateway, ChatOptions Chat, string DatabasePath, LogLevel LogLevel)
{
    /// <summary>Reads the settings and judges them all.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="faults">Every fault with its key; empty if there is none.</param>
    public static Settings Read(IConfiguration configuration, out IReadOnlyList<string> faults)
    {
        var reader = new SettingReader(configuration);
        var gateway = ReadGateway(reader);
        var settings = new Settings(
            gateway,
            ReadChat(reader, gateway),
            reader.FilePath("storage.path", "chat.db"),
            reader.Choice("log-level", LogLevel.Information));
        faults = reader.Faults();
        return settings;
    }

    private static GatewayOptions ReadGateway(SettingReader reader)
    {
        var standard = new GatewayOptions();
        reader.Read<bool>("gateway.protocol", false, "auto or json (binary is not there yet)", text =>
            text.ToUpperInvariant() is "AUTO" or "JSON" ? true : null); // both say the same until there is another
        return new GatewayOptions
        {
            Host = ReadHost(reader),
            Port = reader.Number("gateway.port", standard.Port, 0, ushort.MaxValue),
            MaxFrameBytes = reader.Bytes("gateway.max-frame", standard.MaxFrameBytes, 1024, 64 * 1024 * 1024),
            MaxConnections = reader.Number("gateway.max-connections", standard.MaxConnections, 1, 1_000_000),
            MaxRequestsInFlight =
                reader.Number("gateway.max-requests-in-flight", standard.MaxRequestsInFlight, 1, 100_000),
            OutputBufferBytes =
                reader.Bytes("gateway.output-buffer", standard.OutputBufferBytes, 1024, 16 * 1024 * 1024),
            CloseTimeout = reader.Time("gateway.close-timeout", standard.CloseTimeout),
            ShutdownTimeout = reader.Time("gateway.shutdown-timeout", standard.ShutdownTimeout),
        };
    }

    private static IPAddress ReadHost(SettingReader reader)
    {
        const string Key = "gateway.host";
        var isLocalhost = reader.Text(Key, "localhost").Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocalhost) { return IPAddress.Loopback; }
        var parsed = IPAddress.TryParse(reader.Text(Key, string.Empty), out var address);
        reader.Read<bool>(Key, false, "an IP address or localhost", _ => parsed ? true : null);
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
                GuestIdleTimeout = reader.Time("session.guest-idle-timeout", sessions.GuestIdleTimeout),
                IdleTimeout = reader.Time("session.idle-timeout", sessions.IdleTimeout),
                AllowAnonymousListing = reader.Switch("accounts.anonymous-listing", sessions.AllowAnonymousListing),
                AllowResetDatabase = reader.Switch("dev.allow-reset-db", sessions.AllowResetDatabase),
            },
            Passwords = passwords with
            {
                Iterations = reader.Number("accounts.password-iterations", passwords.Iterations, 1, 100_000_000),
                Workers = reader.Number("accounts.password-workers", passwords.Workers, 1, 1024),
                QueueLimit = reader.Number("accounts.password-queue", passwords.QueueLimit, 0, 1_000_000),
            },
            Persistence = persistence with
            {
                MaxBatchWrites = reader.Number("storage.max-batch-writes", persistence.MaxBatchWrites, 1, 100_000),
                MaxBatchBytes =
                    reader.Bytes("storage.max-batch", (int)persistence.MaxBatchBytes, 1024, 1024 * 1024 * 1024),
            },
            ActorConfiguration = ActorSettings.Read(reader),
        };
    }
}
