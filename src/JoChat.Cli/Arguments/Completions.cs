using System.CommandLine;

namespace JoChat.Cli.Arguments;

/// <summary>Finds what may stand in the place of the last word of a command line: commands, the options of the command,
/// people, shells, profiles; <c>:files</c> stands for files.</summary>
/// <param name="root">The whole command line.</param>
/// <param name="environment">Whose variables tell where the profiles are.</param>
/// <param name="shells">The shells there are scripts for.</param>
/// <param name="peopleAsync">Finds the people to offer.</param>
internal sealed class Completions(
    RootCommand root, CliEnvironment environment, string[] shells, Func<Task<IEnumerable<string>>> peopleAsync)
{
    /// <summary>The argument that is the name of a shell.</summary>
    public const string Shell = "SHELL";

    /// <summary>The argument that is the name of a command.</summary>
    public const string Verb = "COMMAND";

    private const string Person = "WHO", File = "FILE";
    private static readonly string[] Files = [":files"];

    /// <summary>The candidates that begin with the last word.</summary>
    /// <param name="words">What stands behind <c>jochat</c>, up to the word at the cursor, which may be empty.</param>
    public async Task<IEnumerable<string>> ForAsync(string[] words)
    {
        var current = words is [.., var last] ? last : "";
        var candidates = await CandidatesAsync(words[..Math.Max(0, words.Length - 1)], current);
        return candidates.SequenceEqual(Files) ? Files
            : candidates.Where(candidate => candidate.StartsWith(current, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The options of all commands among the words, for a command line of their own.</summary>
    public static string[] SharedOptions(RootCommand root, string[] words)
    {
        var shared = new List<string>();
        for (var i = 0; i < words.Length - 1; i++)
        {
            var name = words[i].Split('=')[0];
            if (root.Options.FirstOrDefault(option => option.Name == name) is not
                { Arity.MaximumNumberOfValues: 1 } option)
            {
                continue;
            }
            var isWhole = name != words[i] || option.Arity.MinimumNumberOfValues == 0;
            shared.Add(isWhole ? words[i] : $"{name}={words[++i]}");
        }
        return [.. shared];
    }

    private async Task<IEnumerable<string>> CandidatesAsync(string[] before, string current)
    {
        Command command = root;
        Option? open = null; // the option whose value comes next
        var given = 0; // arguments
        var isData = false; // behind --
        foreach (var word in before)
        {
            if (open is not null) { open = null; }
            else if (isData) { given++; }
            else if (word == "--") { isData = true; }
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                open = ArgumentWords.Offered(command).FirstOrDefault(
                    option => option.Name == word && option.Arity.MinimumNumberOfValues > 0);
            }
            else if (command == root)
            {
                command = root.Subcommands.FirstOrDefault(verb => verb.Name == word) ?? command;
            }
            else { given++; }
        }
        if (open is not null) { return await ValuesAsync(open.Name == "--profile" ? open.Name : open.HelpName); }
        if (!isData && current.StartsWith('-'))
        {
            return ArgumentWords.Offered(command).Where(option => !option.Hidden).Select(option => option.Name);
        }
        if (command == root) { return VerbNames(); }
        return given < command.Arguments.Count ? await ValuesAsync(command.Arguments[given].Name) : [];
    }

    private IEnumerable<string> VerbNames() =>
        root.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);

    private async Task<IEnumerable<string>> ValuesAsync(string? kind) => kind switch
    {
        Person => await peopleAsync(),
        File => Files,
        Shell => shells,
        Verb => VerbNames(),
        "PROTOCOL" => ["json", "binary"],
        "--profile" => UserConfig.ProfileNames(environment.Variable),
        _ => [],
    };
}
