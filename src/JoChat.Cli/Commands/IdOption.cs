using System.CommandLine;
using System.Globalization;

namespace JoChat.Cli.Commands;

/// <summary>An option whose value is the id of a message.</summary>
internal static class IdOption
{
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ID",
        CustomParser = argument =>
        {
            var given = argument.Tokens[0].Value;
            if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) { return id; }
            argument.AddError($"{name}: must be the id of a message, not \"{given}\".");
            return null;
        },
    };
}
