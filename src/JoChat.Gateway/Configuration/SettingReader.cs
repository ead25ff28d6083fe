using System.Globalization;
using JoChat.Hocon;

namespace JoChat.Gateway;

/// <summary>Reads the settings below <c>jochat</c> one by one and notes every fault instead of stopping at the first.
/// It also knows which keys exist: those it was asked for.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private const string Root = "jochat";
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _given = [];

    /// <summary>What was given for each setting that was asked for; null: nothing.</summary>
    public IReadOnlyDictionary<string, string?> Given => _given;

    /// <summary>Makes a configuration of settings by their keys.</summary>
    public static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> given) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(given.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(
                setting.Key is ActorSettings.AkkaSection ? setting.Key : $"{Root}:{Flat(setting.Key)}", setting.Value)))
            .Build();

    /// <summary>The key of a setting as people write it.</summary>
    public static string FullName(string key) => key is ActorSettings.AkkaSection ? key : $"{Root}.{key}";

    /// <summary>The section of Akka.NET's own settings, as JSON; null if there is none.</summary>
    public string? Akka() => _given[ActorSettings.AkkaSection] = configuration[ActorSettings.AkkaSection];

    public string Text(string key, string standard) => Raw(key) ?? standard;

    public string FilePath(string key, string standard)
    {
        var path = Raw(key) ?? standard;
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            NoteFault(key, $"expected the path of a file, came \"{path}\"");
        }
        return path;
    }

    public int Number(string key, int standard, int least, int most) =>
        Read(key, standard, $"a whole number from {least} to {most}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : null);

    public bool Switch(string key, bool standard) =>
        Read<bool>(key, standard, "on or off", text => text.ToUpperInvariant() switch
        {
            "ON" or "TRUE" or "YES" => true,
            "OFF" or "FALSE" or "NO" => false,
            _ => null,
        });

    public TimeSpan Time(string key, TimeSpan standard, TimeSpan least = default) =>
        Read<TimeSpan>(key, standard, $"a time such as 500ms, 10s or 5m, {least.TotalMilliseconds}ms to 24d", text =>
            Duration.TryParse(text, out var time) && time.Value >= least && time.Value <= TimeSpan.FromDays(24)
                ? time.Value : null);

    public int Bytes(string key, int standard, int least, int most) =>
        Read(key, standard, $"a size such as 64KiB, from {least} to {most} bytes", text =>
            ByteSize.TryParse(text, out var size) && size.Bytes >= least && size.Bytes <= most
                ? (int)size.Bytes : null);

    public long LongBytes(string key, long standard) =>
        Read<long>(key, standard, "a size such as 256MiB", text =>
            ByteSize.TryParse(text, out var size) && size.Bytes >= 0 ? size.Bytes : null);

    public T Choice<T>(string key, T standard) where T : struct, Enum =>
        Read(key, standard, "one of " + string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant(), text =>
            text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var choice)
            && Enum.IsDefined(choice) ? choice : (T?)null);

    public T Read<T>(string key, T standard, string expected, Func<string, T?> parse) where T : struct
    {
        var text = Raw(key);
        if (text is null) { return standard; }
        if (parse(text) is { } value) { return value; }
        NoteFault(key, $"expected {expected}, came \"{text}\"");
        return standard;
    }

    /// <summary>Notes what is wrong with settings that do not go together.</summary>
    public void NoteFault(string key, string what) => _faults.Add($"{Place($"{Root}:{Flat(key)}")}{Root}.{key}: {what}");

    /// <summary>Every fault, the settings that nobody asked for included; call it last.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. _faults,
        .. configuration.GetSection(Root).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null && !_known.Contains(setting.Key))
            .Select(setting => Place($"{Root}:{setting.Key}")
                + $"{Root}.{setting.Key.Replace(':', '.')}: there is no such setting"),
        .. configuration.GetChildren().Where(section => !IsRoot(section)).Select(section => $"{section.Key}: "
            + $"there is no such setting; all are below {Root} or {ActorSettings.AkkaSection}"),
    ];

    // The section akka is one value, of JSON.
    private static bool IsRoot(IConfigurationSection section) => section.Value is null
        ? section.Key.Equals(Root, StringComparison.OrdinalIgnoreCase)
        : section.Key is ActorSettings.AkkaSection;

    // Hyphens are for reading; the key without them is the same one, so that an environment variable can name it.
    private string? Raw(string key)
    {
        var path = Flat(key);
        _known.Add(path);
        return _given[key] = configuration[$"{Root}:{path}"];
    }

    // "jochat.conf:12:8: " of what is in a file.
    private string Place(string path) => configuration.FindPosition(path) is { } position ? $"{position}: " : "";

    private static string Flat(string key) =>
        key.Replace(".", ":", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
