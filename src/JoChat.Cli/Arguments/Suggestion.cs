namespace JoChat.Cli.Arguments;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    /// <summary>A sentence behind a complaint, led by a space; empty if nothing is close.</summary>
    public static string For(string typed, IEnumerable<string> known)
    {
        var closest = known.MinBy(name => Distance(typed, name));
        // A third of a word mistyped is another word.
        return closest is not null && Distance(typed, closest) <= Math.Max(1, closest.TrimStart('-', '/').Length / 3)
            ? $" Did you mean {closest}?"
            : "";
    }

    // https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance: a swap of neighbours is one mistake.
    private static int Distance(string one, string other)
    {
        if (one.Length > 2 * other.Length + 2) { return int.MaxValue; } // and so are absurd lengths
        var distances = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1,
                    distances[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }
        return distances[one.Length, other.Length];
    }
}
