using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace JoChat.Gateway;

/// <summary>Options of the server that are given to another command, which would pass over them silently.</summary>
internal static class ServerOptions
{
    /// <summary>Has a command refuse all: it needs no settings.</summary>
    public static void RefuseAll(Command command, string name) =>
        command.Validators.Add(given => Refuse(given, name, _ => true));

    /// <summary>Has a command refuse those that are not settings of all commands.</summary>
    public static void RefuseOthers(Command command) =>
        command.Validators.Add(given => Refuse(given, command.Name, option => !option.Recursive));

    private static void Refuse(CommandResult given, string name, Func<Option, bool> isRefused)
    {
        var options = given.Levels().OfType<CommandResult>()
            .SelectMany(level => level.Children.OfType<OptionResult>())
            .Where(option => !option.Implicit && option.Option is not HelpOption)
            .Where(option => option.Option.Parents.Any(parent => parent is RootCommand) && isRefused(option.Option));
        if (options.FirstOrDefault() is { } refused)
        {
            given.AddError($"{refused.Option.Name} is an option of the server, not of {name}");
        }
    }

    private static IEnumerable<SymbolResult> Levels(this SymbolResult given)
    {
        for (SymbolResult? level = given; level is not null; level = level.Parent) { yield return level; }
    }
}
