using JoChat.Cli.Arguments;
using JoChat.Cli.State;
using JoChat.Hocon;

namespace JoChat.Cli;

/// <summary>What a person wrote down once: <c>$XDG_CONFIG_HOME/jochat/config.conf</c> or
/// <c>~/.config/jochat/config.conf</c>, in HOCON. What a profile says goes before what stands beside the profiles.
/// </summary>
internal sealed class UserConfig
{
    private const int MaxBytes = 1024 * 1024;
    private const string Profiles = "profiles";

    private readonly HoconObject[] _layers; // the first that has a key tells its value

    private UserConfig(params HoconObject[] layers) => _layers = layers;

    /// <summary>Reads the file, if there is one.</summary>
    /// <param name="variable">Tells environment variables.</param>
    /// <param name="profile">Whose values go first; null means none.</param>
    /// <param name="known">The keys there may be.</param>
    /// <exception cref="CommandFailedException">The file has a fault, or not this profile.</exception>
    public static UserConfig Read(Func<string, string?> variable, string? profile, IReadOnlyCollection<string> known)
    {
        var path = PathOf(variable);
        if (path is null || !File.Exists(path))
        {
            return profile is null ? new UserConfig() : throw new CommandFailedException(
                $"There is no profile {profile}: there is no file {path ?? "config.conf"}.");
        }
        try
        {
            var options = new HoconOptions { SourceName = path, Environment = variable };
            var all = HoconObject.Parse(BoundedFile.ReadText(path, MaxBytes), options);
            Check(all, [.. known, Profiles]);
            var profiles = ProfilesOf(all);
            foreach (var each in profiles) { Check(ObjectIn(each), known); }
            if (profile is null) { return new UserConfig(all); }
            var chosen = profiles.FirstOrDefault(each => each.Key == profile) ?? throw new CommandFailedException(
                $"There is no profile {profile} in {path}."
                + Suggestion.For(profile, profiles.Select(each => each.Key)));
            return new UserConfig(ObjectIn(chosen), all);
        }
        catch (HoconException fault)
        {
            throw new CommandFailedException(fault.Message.EndsWith('?') ? fault.Message : fault.Message + ".");
        }
        catch (IOException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    /// <summary>The names of the profiles, for completion; none if the file has a fault.</summary>
    public static IEnumerable<string> ProfileNames(Func<string, string?> variable)
    {
        try
        {
            return PathOf(variable) is { } path && File.Exists(path)
                ? ProfilesOf(HoconObject.Parse(BoundedFile.ReadText(path, MaxBytes))).Select(each => each.Key)
                : [];
        }
        catch (Exception fault) when (fault is HoconException or IOException)
        {
            return [];
        }
    }

    /// <summary>A value, and where it stands. What it names by a relative path is beside the file.</summary>
    public PlacedText? Find(string key)
    {
        foreach (var layer in _layers)
        {
            if (layer.Find(key) is not { } value) { continue; }
            return value is HoconScalar { Kind: not HoconScalarKind.Null } scalar
                ? new PlacedText(scalar.Text, $"{value.Position}: {key}")
                {
                    Folder = Path.GetDirectoryName(value.Position.Source) ?? "",
                }
                : throw new CommandFailedException($"{value.Position}: {key} must be one value.");
        }
        return null;
    }

    private static string? PathOf(Func<string, string?> variable) =>
        PersonalFolder.Find(variable, "XDG_CONFIG_HOME", ".config") is { } folder
            ? Path.Combine(folder, "config.conf")
            : null;

    private static IReadOnlyList<HoconField> ProfilesOf(HoconObject all) => all.Find(Profiles) switch
    {
        null => [],
        HoconObject profiles => profiles.Fields,
        var other => throw new HoconException(
            other.Position, $"{Profiles} must be an object, as in {Profiles} {{ work {{ }} }}"),
    };

    private static HoconObject ObjectIn(HoconField profile) => profile.Value as HoconObject
        ?? throw new HoconException(profile.Position, $"profile {profile.Key} must be an object");

    private static void Check(HoconObject values, IReadOnlyCollection<string> known)
    {
        if (values.Fields.FirstOrDefault(field => !known.Contains(field.Key)) is { } unknown)
        {
            var suggestion = Suggestion.For(unknown.Key, known);
            throw new HoconException(unknown.Position, suggestion.Length == 0
                ? $"there is no setting {unknown.Key}; there are {string.Join(", ", known)}"
                : $"there is no setting {unknown.Key}.{suggestion}");
        }
    }
}
