using System.CommandLine;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat help [COMMAND]</c>: what <c>--help</c> prints, for those who look for it as a command.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        var about = new Argument<string?>(Completions.Verb)
        {
            Description = "Which command to explain; without one, all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new VerbCommand("help", "Print the help, or that of one command.")
        {
            Group = VerbGroup.Shell,
            Examples = ["jochat help", "jochat help send"],
            ExitCodes = [ExitCode.Refused],
        };
        command.Add(about);
        command.SetAction((parsed, cancellation) =>
        {
            string[] verb = parsed.GetValue(about) is { } name ? [ArgumentWords.FindVerb(root, name).Name] : [];
            return root.Parse([.. verb, "--help"]).InvokeAsync(parsed.InvocationConfiguration, cancellation);
        });
        return command;
    }
}
