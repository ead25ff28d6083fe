using System.Globalization;

namespace JoChat.Gateway;

/// <summary>How many files and sockets this process may have open at a time.</summary>
internal static class OpenFiles
{
    private const string LimitsPath = "/proc/self/limits"; // of Linux

    /// <summary>The limit; null if there is none, or none that can be known.</summary>
    public static int? Limit() => File.Exists(LimitsPath) ? Parse(File.ReadLines(LimitsPath)) : null;

    /// <summary>Reads the limit that is in force from lines of <c>/proc/self/limits</c>.</summary>
    /// <remarks><c>Max open files            1024                 524288               files</c></remarks>
    public static int? Parse(IEnumerable<string> lines)
    {
        const string Name = "Max open files ";
        var line = lines.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        var inForce = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(inForce, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
