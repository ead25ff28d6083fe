using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace JoChat.Cli;

/// <summary>An option whose value is a whole number within bounds; anything else is a usage error.</summary>
internal static class NumberOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="unit">What the help puts in the value's place.</param>
    /// <param name="standard">The value if the option is not given.</param>
    /// <param name="least">The smallest value allowed, ≥ 0.</param>
    /// <param name="most">The largest value allowed.</param>
    public static Option<int> Create(
        string name, string description, string unit, int standard, int least = 0, int most = int.MaxValue) => new(name)
        {
            Description = description,
            HelpName = unit,
            DefaultValueFactory = _ => standard,
            CustomParser = argument => Parse(argument, name, least, most),
        };

    private static int Parse(ArgumentResult argument, string name, int least, int most)
    {
        var given = argument.Tokens[0].Value; // an option without its value is reported before this
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }
        argument.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{name} must be a whole number from {least} to {most}, not {given}."));
        return least;
    }
}
