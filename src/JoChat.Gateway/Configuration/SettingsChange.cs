namespace JoChat.Gateway;

/// <summary>What becomes of a running server when its settings are read again.</summary>
/// <param name="Next">By what it is to go: what it can change, with all else as it was.</param>
/// <param name="Changed">The settings that it can change and that are other than before.</param>
/// <param name="NeedRestart">Those that are other than before, and that it goes by from its next start on.</param>
internal sealed record SettingsChange(
    Settings Next, IReadOnlyList<string> Changed, IReadOnlyList<string> NeedRestart)
{
    // Whole sections end with a dot.
    private static readonly string[] MayChangeKeys =
    [
        "log-level", "log-format",
        "gateway.request-timeout", "gateway.max-frame", "gateway.max-connections", "gateway.max-connections-per-address",
        "gateway.connections-per-second", "gateway.max-guests", "gateway.max-requests-in-flight", "gateway.output-buffer",
        "gateway.max-buffered", "gateway.close-timeout",
        "gateway.tls.certificate", "gateway.tls.key", "gateway.tls.password",
        "storage.min-free", "storage.retention", "storage.max-batch-writes", "storage.max-batch",
        "accounts.", "session.",
    ];

    /// <summary>Compares the settings of a server with those that were read, which have no fault.</summary>
    /// <param name="running">By what it goes.</param>
    /// <param name="read">What was read.</param>
    /// <param name="faults">What of it does not go together with what stays; empty if all does.</param>
    public static SettingsChange Of(Settings running, Settings read, out IReadOnlyList<string> faults)
    {
        var turnsTls = running.Gateway.Tls is null != read.Gateway.Tls is null;
        var others = read.Given.Keys.Where(key => read.Given[key] != running.Given[key]).ToLookup(
            key => MayChange(key) && !(turnsTls && key.StartsWith("gateway.tls.", StringComparison.Ordinal)));
        var next = running.Given.ToDictionary();
        foreach (var key in others[true]) { next[key] = read.Given[key]; }
        return new(
            Settings.Read(SettingReader.Configuration(next), out faults),
            [.. others[true].Select(SettingReader.FullName)],
            [.. others[false].Select(SettingReader.FullName)]);
    }

    /// <summary>Whether a setting may change while the server runs.</summary>
    public static bool MayChange(string key) => key is not "accounts.password-iterations" // its hashes would differ in work
        && Array.Exists(MayChangeKeys, one => one[^1] is '.' ? key.StartsWith(one, StringComparison.Ordinal) : key == one);
}
