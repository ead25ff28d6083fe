using System.ComponentModel;
using System.Globalization;

namespace JoChat.Hocon;

/// <summary>An amount of bytes that configuration writes as <c>64KiB</c>, <c>1.5M</c> or <c>1000 kB</c>.</summary>
[TypeConverter(typeof(ByteSizeConverter))]
public readonly record struct ByteSize
{
    internal const string Expected = "a size such as 512, 64KiB, 1.5M or 10MB";

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

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

    /// <summary>Reads a number and a unit. Powers of 1000: kB, MB, GB, TB, PB, EB, kilobyte and so on. Powers of
    /// 1024: k, K, Ki, KiB, kibibyte and so on. Without a unit, bytes. A fraction of a byte is cut off.</summary>
    /// <param name="text">The text; blanks around it and before the unit do not count.</param>
    /// <exception cref="FormatException">The text is no size, or it is negative or beyond 2^63-1 bytes.</exception>
    public static ByteSize Parse(string text) => TryParse(text, out var size)
        ? size
        : throw new FormatException($"expected {Expected}, came \"{Token.Shorten(text)}\"");

    /// <summary>Reads as <see cref="Parse"/> does, but says false where that throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The size, or zero.</param>
    public static bool TryParse(string text, out ByteSize value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isSize = Quantity.TryParse(text, BytesOf, out var bytes) && bytes >= 0;
        value = isSize ? new ByteSize(bytes) : default;
        return isSize;
    }

    /// <summary>Gives a text that <see cref="Parse"/> reads back, in the largest power of 1024 that needs no
    /// fraction.</summary>
    public override string ToString()
    {
        var (rest, power) = (Bytes, 0);
        for (; rest > 0 && rest % 1024 == 0; rest /= 1024) { power++; }
        return rest.ToString(CultureInfo.InvariantCulture) + Units[power];
    }

    private static decimal? BytesOf(string unit) => unit switch
    {
        "" or "b" or "B" or "byte" or "bytes" => 1,
        "kB" or "kilobyte" or "kilobytes" => 1e3m,
        "MB" or "megabyte" or "megabytes" => 1e6m,
        "GB" or "gigabyte" or "gigabytes" => 1e9m,
        "TB" or "terabyte" or "terabytes" => 1e12m,
        "PB" or "petabyte" or "petabytes" => 1e15m,
        "EB" or "exabyte" or "exabytes" => 1e18m,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
        "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
        _ => null,
    };
}
