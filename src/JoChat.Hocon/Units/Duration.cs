using System.Globalization;

namespace JoChat.Hocon;

/// <summary>A length of time that configuration writes as <c>10s</c>, <c>1.5 h</c> or <c>00:00:10</c>.</summary>
/// <param name="Value">The time, in steps of 100 ns.</param>
public readonly record struct Duration(TimeSpan Value)
{
    private const decimal Nanosecond = 0.01m;

    /// <summary>Reads a number and a unit: ns, us, ms, s, m, h, d or their long names, in lower case; without a unit,
    /// milliseconds. Also reads hh:mm:ss with optional days and fraction. Rounded down to 100 ns.</summary>
    /// <param name="text">The text; whitespace around it and before the unit is ignored.</param>
    /// <param name="value">The duration, or zero.</param>
    /// <returns>Whether the text is a duration and fits a <see cref="TimeSpan"/>.</returns>
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
