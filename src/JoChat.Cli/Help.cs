using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace JoChat.Cli;

/// <summary>The help of System.CommandLine, with our examples before and our exit codes after it.</summary>
/// <param name="usual">Prints usage, arguments, options and commands.</param>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          jochat                                             chat
          jochat signup --user ada
          jochat send bob "See you at eight" --user ada
          date | jochat send bob --user ada --password-file ~/.ada
          jochat away --limit 20 --json --user ada           what was sent while away
          jochat accounts 'b*' --user ada

        """;

    /// <summary>Replaces the default help.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Help((HelpAction)option.Action!); // the option is made with its action
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is RootCommand) { output.WriteLine(Examples); }
        usual.Invoke(parseResult);
        output.WriteLine(ExitCode.Help);
        return ExitCode.Done;
    }
}
