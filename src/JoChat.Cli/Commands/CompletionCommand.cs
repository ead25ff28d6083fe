using System.CommandLine;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat completion SHELL</c>: a script that asks <c>jochat __complete</c> what fits.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _jochat() {
            local IFS=$'\n' candidates candidate
            candidates=$(jochat __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
            COMPREPLY=()
            if [ "$candidates" = :files ]; then
                COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
                return
            fi
            # Names are other people's choice: neither * nor $(reboot) may mean anything here or on the command line.
            while read -r candidate; do
                if [ -n "$candidate" ]; then COMPREPLY+=("$(printf %q "$candidate")"); fi
            done <<<"$candidates"
        }
        complete -F _jochat jochat
        """;

    private const string Zsh = """
        #compdef jochat
        _jochat() {
            local -a candidates
            candidates=("${(@f)$(jochat __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            if [[ "$candidates" == :files ]]; then _files; else compadd -U -- $candidates; fi
        }
        compdef _jochat jochat
        """;

    private const string Fish = """
        function __jochat_complete
            set -l words (commandline -opc) (commandline -ct)
            set -l candidates (jochat __complete -- $words[2..-1] 2>/dev/null)
            if test "$candidates" = :files
                __fish_complete_path (commandline -ct)
            else
                printf '%s\n' $candidates
            end
        end
        complete -c jochat -f -a "(__jochat_complete)"
        """;

    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create(CliEnvironment environment)
    {
        var shell = new Argument<string>(Completions.Shell) { Description = "bash, zsh or fish." };
        var command = new VerbCommand("completion", "Print a script that completes command lines in a shell.")
        {
            Group = VerbGroup.Shell,
            Examples = ["eval \"$(jochat completion bash)\""],
            ExitCodes = [ExitCode.Refused],
        };
        command.Add(shell);
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(shell);
            environment.Out.WriteLine(name switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => throw new CommandFailedException(
                    $"{Completions.Shell}: must be bash, zsh or fish, not \"{name}\"."),
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The hidden verb that the scripts ask.</summary>
    public static Command CreateAnswer(RootCommand root, GlobalOptions options, CliEnvironment environment)
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("__complete", "Print what may stand in the place of the last word.")
        {
            Hidden = true,
        };
        command.Add(words);
        command.SetAction(async (parsed, cancellation) =>
        {
            var typed = parsed.GetValue(words) ?? [];
            var completions = new Completions(root, environment, Shells, PeopleAsync);
            foreach (var candidate in await completions.ForAsync(typed)) { environment.Out.WriteLine(candidate); }
            return ExitCode.Done;

            async Task<IEnumerable<string>> PeopleAsync()
            {
                var given = Completions.SharedOptions(root, typed);
                var settings = options.Read(root.Parse(given)) with { Timeout = TimeSpan.FromSeconds(2) };
                return await PeopleToWriteTo.NamesAsync(new Verb(settings, environment), cancellation);
            }
        });
        return command;
    }
}
