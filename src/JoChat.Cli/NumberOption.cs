using System.CommandLine;
using System.CommandLine.Parsing;

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
        try
        {
            return WholeNumber.Parse(argument.Tokens[0].Value, least, most);
        }
        catch (CommandFailedException fault)
        {
            argument.AddError($"{name}: {fault.Message}");
            return least;
        }
    }
}
