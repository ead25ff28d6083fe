using System.Globalization;
using System.Text;

namespace JoChat.Protocol;

/// <summary>Values of characters, read from one of the <see cref="UnicodeTables"/>.</summary>
internal sealed class UnicodeTable<TValue> where TValue : class
{
    // Of each range the first character, ascending, and the last one with the value.
    private readonly int[] _first;
    private readonly (int Last, TValue Value)[] _ranges;

    /// <param name="text">The table.</param>
    /// <param name="parse">Reads the parts of a value.</param>
    public UnicodeTable(string text, Func<string[], TValue> parse)
    {
        var ranges = new SortedDictionary<int, (int Last, TValue Value)>();
        foreach (var entry in text.Split(';'))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var value = parse(entry[..equals].Trim().Split('+'));
            foreach (var range in entry[(equals + 1)..].Split(','))
            {
                var bounds = range.Split('-');
                ranges.Add(ParseHex(bounds[0]), (ParseHex(bounds[^1]), value));
            }
        }
        (_first, _ranges) = ([.. ranges.Keys], [.. ranges.Values]);
    }

    /// <summary>The value of a character; null if it has none.</summary>
    public TValue? Of(Rune character)
    {
        var found = Array.BinarySearch(_first, character.Value);
        var range = found >= 0 ? found : ~found - 1;
        return range >= 0 && character.Value <= _ranges[range].Last ? _ranges[range].Value : null;
    }

    /// <summary>Reads a number as the tables have it.</summary>
    public static int ParseHex(string text) => int.Parse(text.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
