using System.Globalization;

namespace JoChat.Cli;

/// <summary>Whole numbers as people write them.</summary>
internal static class WholeNumber
{
    /// <summary>Reads one within bounds.</summary>
    /// <exception cref="CommandFailedException">It is none, or beyond the bounds.</exception>
    public static int Parse(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw new CommandFailedException(string.Create(
                CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}, not \"{text}\"."));
}
