using System.ComponentModel;
using System.Globalization;

namespace JoChat.Hocon;

/// <summary>A length of time that configuration writes as <c>10s</c>, <c>1.5 h</c> or <c>00:00:10</c>.</summary>
/// <param name="Value">The time, in steps of 100 ns.</param>
[TypeConverter(typeof(DurationConverter))]
public readonly record struct Duration(TimeSpan Value)
{
    internal const string Expected = "a duration such as 500ms, 10s, 1.5h or 00:00:10";

    private const decimal Nanosecond = 0.01m;

    // The shortest spelling of each unit, the longest unit first.
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>Reads a number and a unit: ns, us, ms, s, m, h, d or their long names, in lower case; without a unit,
    /// milliseconds. Also reads hh:mm:ss with optional days and fraction. Less than 100 ns is cut off.</summary>
    /// <param name="text">The text; blanks around it and before the unit do not count.</param>
    /// <exception cref="FormatException">The text is no duration or one beyond <see cref="TimeSpan"/>.</exception>
    public static Duration Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"expected {Expected}, came \"{Token.Shorten(text)}\"");

    /// <summary>Reads as <see cref="Parse"/> does, but says false where that throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration, or zero.</param>
    public static bool TryParse(string text, out Duration value)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The format would also take 10:30 for hours and minutes and a bare number for days.
        var isClock = text.Count(c => c == ':') == 2;
        if (isClock && TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out var clock))
        {
            value = new Duration(clock);
            return true;
        }

        var isQuantity = Quantity.TryParse(text, TicksOf, out var ticks);
        value = new Duration(TimeSpan.FromTicks(ticks));
        return isQuantity;
    }

    /// <summary>Gives a text that <see cref="Parse"/> reads back, in the longest unit that needs no fraction.</summary>
    public override string ToString()
    {
        decimal ticks = Value.Ticks;
        var (unit, worth) = Array.Find(Units, unit => ticks % unit.Ticks == 0);
        if (ticks == 0) { (unit, worth) = ("s", 1); }
        return (unit is null ? ticks / Nanosecond : ticks / worth).ToString("0", CultureInfo.InvariantCulture)
            + (unit ?? "ns");
    }

    private static decimal? TicksOf(string unit) => unit switch
    {
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => Nanosecond,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };
}
