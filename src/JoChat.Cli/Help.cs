using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using System.Text.RegularExpressions;
using JoChat.Cli.Arguments;

namespace JoChat.Cli;

/// <summary>The help: an overview of the program on one screen, and of each command all there is to know.</summary>
/// <param name="usual">Prints usage, arguments and options of a command.</param>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    private const int Columns = 80;
    private const char OptionalStart = '=';

    private const string Examples = """
        Examples:
          jochat signup --user ada               make an account
          jochat login --user ada                need no password from now on
          jochat                                 chat
          jochat send bob "See you at eight"
          date | jochat send bob
          jochat away --limit 20 --json          what was sent while away

        Commands (jochat COMMAND --help tells all about one):
        """;

    /// <summary>Replaces the default help.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Aliases.Clear(); // -h, -?, /h and /? may be texts
        option.Recursive = true;
        option.Action = new Help((HelpAction)option.Action!); // the option is made with its action
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is RootCommand root)
        {
            output.WriteLine(Overview(root));
            return ExitCode.Done;
        }
        WriteUsual(parseResult);
        if (parseResult.CommandResult.Command is VerbCommand verb)
        {
            output.WriteLine($"Examples:\n  {string.Join("\n  ", verb.Examples)}\n");
            int[] done = verb.IsEndless ? [] : [ExitCode.Done];
            output.WriteLine(ExitCode.HelpFor(
                [.. done, ExitCode.Usage, ExitCode.Interrupted, .. verb.ExitCodes]));
        }
        return ExitCode.Done;
    }

    /// <summary>How the help names the value of an option that may do without: <c>--option[=VALUE]</c>.</summary>
    public static string Optional(string value) => OptionalStart + value;

    // The usual help writes a value as --option <VALUE>, and nothing else can be had of it.
    private void WriteUsual(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var written = new StringWriter();
        parsed.InvocationConfiguration.Output = written;
        usual.Invoke(parsed);
        parsed.InvocationConfiguration.Output = output;
        // As long as before, because a column follows.
        output.Write(Regex.Replace(written.ToString(), $" <{OptionalStart}(.*?)>", "[=$1] "));
    }

    private static string Overview(RootCommand root)
    {
        var verbs = root.Subcommands.OfType<VerbCommand>().Where(verb => !verb.Hidden);
        var overview = new StringBuilder(Examples).Append('\n');
        foreach (var group in verbs.GroupBy(verb => verb.Group).OrderBy(group => group.Key))
        {
            var head = $"  {group.Key.ToString().ToLowerInvariant(),-10}";
            AppendWrapped(overview, head, group.Select(verb => verb.Name));
        }
        overview.Append("\nOptions (jochat send --help explains them):\n");
        AppendWrapped(overview, "  ", root.Options.Where(option => !option.Hidden)
            .Select(option => option is { HelpName: { } value, Arity.MinimumNumberOfValues: > 0 }
                ? $"{option.Name} {value}"
                : option.Name));
        overview.Append("\nExit codes:\n");
        AppendWrapped(overview, "  ", ExitCode.All.Select(each => $"{each.Code} {each.Meaning}"), ";  ");
        return overview.ToString().TrimEnd('\n');
    }

    private static void AppendWrapped(StringBuilder text, string head, IEnumerable<string> words, string between = "  ")
    {
        var line = head;
        var isFirst = true;
        foreach (var word in words)
        {
            if (line.Length + between.Length + word.Length > Columns - 1)
            {
                text.Append(line.TrimEnd()).Append('\n');
                line = new string(' ', head.Length);
                isFirst = true;
            }
            line += (isFirst ? "" : between) + word;
            isFirst = false;
        }
        text.Append(line).Append('\n');
    }
}
