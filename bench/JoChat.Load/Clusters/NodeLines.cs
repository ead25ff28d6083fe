using System.Globalization;
using System.Text.RegularExpressions;

namespace JoChat.Load;

/// <summary>What lines of a node's log tell of it.</summary>
internal static partial class NodeLines
{
    /// <summary>Whether it has become a member.</summary>
    public static bool TellsMember(string line) =>
        line.Contains("This node is a member of the cluster", StringComparison.Ordinal);

    /// <summary>The epoch with which it has begun to write; null: it tells something else.</summary>
    public static long? EpochIn(string line) => Writes().Match(line) is { Success: true } writes
        ? long.Parse(writes.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("Writes to .*, with epoch ([0-9]+)")]
    private static partial Regex Writes();
}
