using System.CommandLine;
using System.CommandLine.Invocation;
using JoChat.Cli.Chat;
using JoChat.Cli.Commands;
using JoChat.Cli.Tls;

namespace JoChat.Cli;

/// <summary>The whole command line of <c>jochat</c>.</summary>
internal static class CliCommandLine
{
    // No response files: a text that begins with "@" is a text, and never names a file to read.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">As the shell gives them, without the program's name.</param>
    /// <param name="environment">The streams and variables to use.</param>
    /// <param name="cancellation">Ends it; whoever cancels knows the exit code.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, CliEnvironment environment, CancellationToken cancellation)
    {
        var parsed = Build(environment).Parse(ClientTlsOptions.SpellOut(arguments), Parsing);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) { environment.Error.WriteLine($"jochat: {error.Message}"); }
            environment.Error.WriteLine("Try jochat --help.");
            return ExitCode.Usage;
        }
        var configuration = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false, // a bug should end the process as one
            ProcessTerminationTimeout = null, // Program answers signals
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }

    private static RootCommand Build(CliEnvironment environment)
    {
        var options = new GlobalOptions(environment);
        var root = new RootCommand("Chat on a JoChat server; without a command, interactively.")
        {
            SignUpCommand.Create(options, environment),
            LoginCheckCommand.Create(options, environment),
            SendCommand.Create(options, environment),
            InboxCommand.Create(options, environment),
            AwayCommand.Create(options, environment),
            AccountsCommand.Create(options, environment),
            DeleteCommand.Create(options, environment),
            DeleteAccountCommand.Create(options, environment),
        };
        options.AddTo(root);
        root.Subcommands.Add(CompletionCommand.Create(root, environment));
        Help.AddTo(root);
        root.SetAction((parsed, cancelled) => ChatProgram.RunAsync(options.Read(parsed), environment, cancelled));
        return root;
    }
}
