using System.CommandLine;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat completion SHELL</c>: a script that completes commands, options, and the values of two of
/// them.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _jochat() {
            local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
            case "$previous/$current" in
                --password-file/*) COMPREPLY=($(compgen -f -- "$current")) ;;
                --protocol/*) COMPREPLY=($(compgen -W "json binary" -- "$current")) ;;
                */-*) COMPREPLY=($(compgen -W "OPTIONS" -- "$current")) ;;
                *) COMPREPLY=($(compgen -W "COMMANDS" -- "$current")) ;;
            esac
        }
        complete -F _jochat jochat
        """;

    private const string Zsh = """
        #compdef jochat
        _jochat() {
            case "$words[CURRENT-1]/$PREFIX" in
                --password-file/*) _files ;;
                --protocol/*) compadd -- json binary ;;
                */-*) compadd -- OPTIONS ;;
                *) compadd -- COMMANDS ;;
            esac
        }
        compdef _jochat jochat
        """;

    private const string Fish = """
        complete -c jochat -f
        complete -c jochat -n __fish_use_subcommand -a "COMMANDS"
        complete -c jochat -n "string match -q -- '-*' (commandline -ct)" -a "OPTIONS"
        complete -c jochat -l password-file -r -F
        complete -c jochat -l protocol -x -a "json binary"
        """;

    public static Command Create(RootCommand root, CliEnvironment environment)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script for a shell, as in: eval \"$(jochat completion bash)\"")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            var script = parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish };
            var commands = string.Join(' ', root.Subcommands.Select(verb => verb.Name));
            environment.Out.WriteLine(script
                .Replace("COMMANDS", commands, StringComparison.Ordinal)
                .Replace("OPTIONS", string.Join(' ', OptionNames(root)), StringComparison.Ordinal));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> OptionNames(RootCommand root) =>
        root.Subcommands.Prepend(root).SelectMany(command => command.Options).Select(option => option.Name)
            .Where(name => name.StartsWith("--", StringComparison.Ordinal)).Distinct();
}
