using System.Globalization;

namespace JoChat.Hocon;

/// <summary>Reads a number with a unit, as durations and sizes have them.</summary>
internal static class Quantity
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Reads a number, optional whitespace and a unit.</summary>
    /// <param name="text">The text; whitespace around it is ignored.</param>
    /// <param name="factorOf">Gives the factor of a unit (the empty one too), or null if there is no such unit.</param>
    /// <param name="amount">Number times factor, rounded towards zero.</param>
    /// <returns>Whether the text has this form and the amount fits 64 bits.</returns>
    public static bool TryParse(string text, Func<string, decimal?> factorOf, out long amount)
    {
        amount = 0;
        var trimmed = text.AsSpan().Trim();
        var unitStart = trimmed.Length;
        while (unitStart > 0 && char.IsAsciiLetter(trimmed[unitStart - 1])) { unitStart--; }

        if (factorOf(trimmed[unitStart..].ToString()) is not { } factor) { return false; }
        if (!decimal.TryParse(trimmed[..unitStart].TrimEnd(), Number, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        // Judged before the product is made, which might not even fit a decimal.
        if (number > long.MaxValue / factor || number < long.MinValue / factor) { return false; }
        amount = (long)(number * factor);
        return true;
    }
}
