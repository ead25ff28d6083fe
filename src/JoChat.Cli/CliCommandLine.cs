using System.CommandLine;
using System.CommandLine.Invocation;
using JoChat.Cli.Arguments;
using JoChat.Cli.Chat;
using JoChat.Cli.Commands;
using JoChat.Cli.Handles;

namespace JoChat.Cli;

/// <summary>The whole command line of <c>jochat</c>.</summary>
internal static class CliCommandLine
{
    // ArgumentWords has said what each argument is; nothing is left to find a meaning in.
    private static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">As the shell gives them, without the program's name.</param>
    /// <param name="environment">The streams and variables to use.</param>
    /// <param name="cancellation">Ends it; whoever cancels knows the exit code.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, CliEnvironment environment, CancellationToken cancellation)
    {
        // What a command has done decides its exit code, and not whether it could say so.
        environment = environment with
        {
            Out = GuardedWriter.Over(environment.Out),
            Error = GuardedWriter.Over(environment.Error),
        };
        var lines = new ErrorLines(environment.Error, ArgumentWords.AskForJson(arguments));
        int code;
        try
        {
            ArgumentBytes.Check(arguments);
            code = await RunGuardedAsync(arguments, environment, lines, cancellation);
        }
        catch (Exception failure) when (Failure.IsExpected(failure))
        {
            code = Failure.Report(failure, lines);
        }
        return code == ExitCode.Done && environment.OutputFailure is not null
            ? Failure.Report(environment.OutputFailed("The command was carried out."), lines)
            : code;
    }

    private static async Task<int> RunGuardedAsync(
        string[] arguments, CliEnvironment environment, ErrorLines lines, CancellationToken cancellation)
    {
        var root = Build(environment);
        var parsed = root.Parse(ArgumentWords.Unambiguous(root, arguments), Parsing);
        if (parsed.Action is ParseErrorAction)
        {
            lines.Error("usage", string.Join(' ', parsed.Errors.Select(error => error.Message)));
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
            SendCommand.Create(options, environment),
            AwayCommand.Create(options, environment),
            InboxCommand.Create(options, environment),
            ListenCommand.Create(options, environment),
            HistoryCommand.Create(options, environment),
            ConversationsCommand.Create(options, environment),
            ReadCommand.Create(options, environment),
            DeleteCommand.Create(options, environment),
            AccountsCommand.Create(options, environment),
            WhoisCommand.Create(options, environment),
            BlockCommand.Create(options, environment),
            BlockCommand.CreateUnblock(options, environment),
            BlockedCommand.Create(options, environment),
            SignUpCommand.Create(options, environment),
            LoginCommand.Create(options, environment),
            LogoutCommand.Create(options, environment),
            LoginCheckCommand.Create(options, environment),
            SessionsCommand.Create(options, environment),
            RevokeCommand.Create(options, environment),
            PasswordCommand.Create(options, environment),
            DeleteAccountCommand.Create(options, environment),
        };
        root.Directives.Clear(); // a word in brackets is data like any other
        options.AddTo(root);
        root.Subcommands.Add(CompletionCommand.Create(environment));
        root.Subcommands.Add(HelpCommand.Create(root));
        root.Subcommands.Add(CompletionCommand.CreateAnswer(root, options, environment));
        Help.AddTo(root);
        root.SetAction((parsed, cancelled) => ChatProgram.RunAsync(options.Read(parsed), environment, cancelled));
        return root;
    }
}
