using System.ComponentModel;
using System.Globalization;

namespace JoChat.Hocon;

/// <summary>An amount of bytes that configuration writes as <c>64KiB</c>, <c>1.5M</c> or <c>1000 kB</c>.</summary>
[TypeConverter(typeof(ByteSizeConverter))]
public readonly record struct ByteSize
{
    internal const string Expected = "a size such as 512, 64KiB, 1.5M or 10MB";

    private const string Prefixes = "KMGTPE";

    private static readonly string[] DecimalNames = ["kilo", "mega", "giga", "tera", "peta", "exa"];
    private static readonly string[] BinaryNames = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi"];
    private static readonly Dictionary<string, decimal> Units = ListUnits();

    /// <summary>Makes a size.</summary>
    /// <param name="bytes">The bytes, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public ByteSize(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
    }

    /// <summary>The bytes, ≥ 0.</summary>
    public long Bytes { get; }

    /// <summary>Reads a number and a unit. Powers of 1000: kB, MB, GB, TB, PB, EB, kilobyte and so on. Powers of 1024:
    /// k, K, Ki, KiB, kibibyte and so on. Without a unit, bytes. A fraction of a byte is cut off.</summary>
    /// <param name="text">The text; blanks around it and before the unit do not count.</param>
    /// <exception cref="FormatException">The text is no size, or one that is negative or beyond 2^63-1 bytes.</exception>
    public static ByteSize Parse(string text) => TryParse(text, out var size)
        ? size
        : throw new FormatException($"expected {Expected}, came \"{Token.Shorten(text)}\"");

    /// <summary>Reads as <see cref="Parse"/> does, but says false where that throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The size, or zero.</param>
    public static bool TryParse(string text, out ByteSize value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isSize = Quantity.TryParse(text, unit => Units.TryGetValue(unit, out var worth) ? worth : null, out var bytes)
            && bytes >= 0;
        value = isSize ? new ByteSize(bytes) : default;
        return isSize;
    }

    /// <summary>Gives a text that <see cref="Parse"/> reads back, in the largest power of 1024 that needs no fraction.</summary>
    public override string ToString()
    {
        var (rest, power) = (Bytes, 0);
        for (; rest > 0 && rest % 1024 == 0; rest /= 1024) { power++; }
        return rest.ToString(CultureInfo.InvariantCulture) + (power == 0 ? "B" : $"{Prefixes[power - 1]}iB");
    }

    private static Dictionary<string, decimal> ListUnits()
    {
        var units = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var bytes in (string[])["", "b", "B", "byte", "bytes"]) { units[bytes] = 1; }
        var (thousands, binary) = (1m, 1m);
        for (var i = 0; i < Prefixes.Length; i++)
        {
            (thousands, binary) = (thousands * 1000, binary * 1024);
            var (upper, lower) = ($"{Prefixes[i]}", $"{char.ToLowerInvariant(Prefixes[i])}");
            string[] ofThousands = [(i == 0 ? lower : upper) + "B", DecimalNames[i] + "byte", DecimalNames[i] + "bytes"];
            foreach (var name in ofThousands) { units[name] = thousands; }
            string[] ofBinary = [upper, lower, upper + "i", upper + "iB", BinaryNames[i] + "byte", BinaryNames[i] + "bytes"];
            foreach (var name in ofBinary) { units[name] = binary; }
        }
        return units;
    }
}
