namespace JoChat.Hocon;

/// <summary>A number of bytes that configuration writes as <c>64KiB</c>, <c>1.5M</c> or <c>1000 kB</c>.</summary>
/// <param name="Bytes">The bytes, ≥ 0 if <see cref="TryParse"/> made it.</param>
public readonly record struct ByteSize(long Bytes)
{
    /// <summary>Reads a number and a unit. Powers of 1000: kB, MB, GB, TB, PB, EB, kilobyte and so on. Powers of
    /// 1024: k, K, Ki, KiB, kibibyte and so on. Without a unit, bytes. Rounded down to a byte.</summary>
    /// <param name="text">The text; whitespace around it and before the unit is ignored.</param>
    /// <param name="value">The size, or zero.</param>
    /// <returns>Whether the text is a size, not negative and at most 2^63-1 bytes.</returns>
    public static bool TryParse(string text, out ByteSize value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isSize = Quantity.TryParse(text, BytesOf, out var bytes) && bytes >= 0;
        value = isSize ? new ByteSize(bytes) : default;
        return isSize;
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
