using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>The names that the values of an enumeration have on the wire: their own in snake case.</summary>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(
        value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> Values =
        Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    public static string Of(T value) => Names[value];

    /// <summary>The value of that name; null if this version does not know it.</summary>
    public static T? Parse(string? name) => name is not null && Values.TryGetValue(name, out var value) ? value : null;
}
