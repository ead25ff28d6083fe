namespace JoChat.Gateway;

/// <summary>What the process tells of itself, and to whom.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Who may ask the HTTP port whether the process is well: <c>/healthz</c> and <c>/readyz</c>.</summary>
    public TelemetryAccess Health { get; init; }

    /// <summary>Who may fetch there what is measured: <c>/metrics</c>.</summary>
    public TelemetryAccess Metrics { get; init; }

    /// <summary>Where to send what is measured, by OTLP over HTTP; null: nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>How often it is sent.</summary>
    public TimeSpan OtlpInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether anything is measured: whether somebody may see it.</summary>
    /// <param name="hasHttp">Whether there is an HTTP port.</param>
    public bool Measures(bool hasHttp) => OtlpEndpoint is not null || (hasHttp && Metrics is not TelemetryAccess.Off);

    /// <summary>Reads the settings.</summary>
    public static TelemetrySettings Read(SettingReader reader)
    {
        var standard = new TelemetrySettings();
        return new TelemetrySettings
        {
            Health = ReadAccess(reader, "telemetry.health", standard.Health),
            Metrics = ReadAccess(reader, "telemetry.metrics", standard.Metrics),
            OtlpEndpoint = ReadEndpoint(reader),
            OtlpInterval = reader.Time(
                "telemetry.otlp.interval", standard.OtlpInterval, least: TimeSpan.FromSeconds(1)),
        };
    }

    // What HOCON has as off is false here.
    private static TelemetryAccess ReadAccess(SettingReader reader, string key, TelemetryAccess standard) =>
        reader.Read<TelemetryAccess>(key, standard, "loopback, everyone or off", text => text.ToUpperInvariant() switch
        {
            "LOOPBACK" => TelemetryAccess.Loopback,
            "EVERYONE" => TelemetryAccess.Everyone,
            "OFF" or "FALSE" or "NO" => TelemetryAccess.Off,
            _ => null,
        });

    private static Uri? ReadEndpoint(SettingReader reader)
    {
        Uri? endpoint = null;
        const string Key = "telemetry.otlp.endpoint";
        var text = reader.Text(Key, "");
        var isOne = text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out endpoint)
            && endpoint.Scheme is "http" or "https" && endpoint.UserInfo.Length == 0
            && endpoint.Query.Length == 0 && endpoint.Fragment.Length == 0);
        // Without what came, which may hold a password.
        if (!isOne) { reader.NoteFault(Key, "expected an address such as http://127.0.0.1:4318, without user or query"); }
        return endpoint;
    }
}

/// <summary>Who may see what the process tells of itself.</summary>
internal enum TelemetryAccess
{
    /// <summary>Who asks on the same machine, and not through a proxy.</summary>
    Loopback,

    /// <summary>Everyone who reaches the port.</summary>
    Everyone,

    /// <summary>Nobody.</summary>
    Off,
}
