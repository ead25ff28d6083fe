using System.CommandLine;

namespace JoChat.Cli.Arguments;

/// <summary>Says of each argument what it is, before anything else reads it: only the verb's name and what is spelled
/// with two dashes have a meaning; all else is data, whatever it looks like.</summary>
/// <remarks>An option's value is the argument behind it, or what follows its first <c>=</c>. Behind <c>--</c>
/// everything is data. System.CommandLine would also obey <c>@file</c>, <c>/?</c>, <c>-h</c>, <c>[directive]</c>,
/// <c>--a:b</c> and the name of a verb in the place of a value.</remarks>
internal sealed class ArgumentWords
{
    private const string EndOfOptions = "--";

    private readonly List<string> _options = [];
    private readonly List<string> _data = [];
    private Command _command;

    private ArgumentWords(RootCommand root) => _command = root;

    /// <summary>Spells the arguments so that System.CommandLine can take them in one way only.</summary>
    /// <exception cref="CommandFailedException">There is no such verb or option, or an option lacks its value.
    /// </exception>
    public static string[] Unambiguous(RootCommand root, IReadOnlyList<string> arguments)
    {
        var words = new ArgumentWords(root);
        words.Read(arguments);
        string[] verb = words._command == root ? [] : [words._command.Name];
        string[] data = words._data.Count == 0 ? [] : [EndOfOptions, .. words._data];
        return [.. verb, .. words._options, .. data];
    }

    /// <summary>Whether JSON is asked for, in a command line that may be wrong otherwise.</summary>
    public static bool AskForJson(IEnumerable<string> arguments) =>
        arguments.TakeWhile(argument => argument != EndOfOptions).Contains("--json");

    private void Read(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == EndOfOptions)
            {
                _data.AddRange(arguments.Skip(i + 1));
                break;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                i += ReadOption(argument, i + 1 < arguments.Count ? arguments[i + 1] : null);
            }
            else if (_command is RootCommand root) { _command = FindVerb(root, argument); }
            else { _data.Add(argument); }
        }
        if (_command is RootCommand && _data.Count > 0) { throw NoSuchVerb((RootCommand)_command, _data[0]); }
    }

    /// <returns>How many arguments behind the option belong to it.</returns>
    private int ReadOption(string argument, string? next)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        var option = Offered(_command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name))
            ?? throw NoSuchOption(name);
        if (option.Arity.MaximumNumberOfValues == 0)
        {
            if (equals >= 0) { throw new CommandFailedException($"{name} takes no value."); }
            _options.Add(name);
            return 0;
        }
        if (equals < 0 && option.Arity.MinimumNumberOfValues == 0)
        {
            _options.Add(name); // its value can only be spelled with "="
            return 0;
        }
        var value = equals >= 0 ? argument[(equals + 1)..] : next
            ?? throw new CommandFailedException($"{name} needs a value: {name} {option.HelpName ?? "VALUE"}.");
        if (value.Length == 0) { _options.AddRange([name, value]); }
        else { _options.Add($"{name}={value}"); }
        return equals >= 0 ? 0 : 1;
    }

    /// <summary>The verb of a name.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static Command FindVerb(RootCommand root, string name) =>
        root.Subcommands.FirstOrDefault(verb => verb.Name == name) ?? throw NoSuchVerb(root, name);

    private static CommandFailedException NoSuchVerb(RootCommand root, string name) => new(
        $"There is no command \"{name}\"." + Suggestion.For(name, root.Subcommands.Where(verb => !verb.Hidden)
            .Select(verb => verb.Name)));

    private CommandFailedException NoSuchOption(string name) => new(
        $"There is no option {name} here." + Suggestion.For(name, Offered(_command).Select(option => option.Name))
        + (_data.Count > 0 || _command.Arguments.Count > 0 ? " Text that begins with two dashes goes behind --." : ""));

    /// <summary>The options that may stand behind a command, those of all commands included.</summary>
    public static IEnumerable<Option> Offered(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));
}
