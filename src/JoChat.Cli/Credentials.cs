using System.Text;
using JoChat.Cli.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>A username and its password.</summary>
/// <param name="Username">As given or typed.</param>
/// <param name="Password">As typed, without the end of its line.</param>
internal sealed record Credentials(string Username, Secret Password)
{
    private const int MaxPasswordBytes = 1024;
    private const char Replacement = '\uFFFD'; // stands for bytes that were no text: two passwords would become one

    /// <summary>Takes the credentials of a verb from the options, asking a person for what is missing.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="environment">Where to ask.</param>
    /// <param name="isNew">Whether the password is being chosen, and so is asked for twice.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <exception cref="CommandFailedException">Something is missing and there is nobody to ask.</exception>
    public static async Task<Credentials> ReadAsync(
        CliSettings settings, CliEnvironment environment, bool isNew, CancellationToken cancellation)
    {
        var username = settings.User ?? CheckName(
            await AskAsync(
                environment,
                LinePrompt.Question("Username: "),
                "--user or JOCHAT_USER, or log in once with jochat login",
                cancellation),
            "The username");
        if (await ReadPasswordFileAsync(settings, environment, cancellation) is { } given)
        {
            return new Credentials(username, given);
        }
        if (isNew && Names.FaultOfNew(username) is { } fault)
        {
            // Before anybody types a password.
            throw new CommandFailedException(fault, ExitCode.Refused) { Code = "invalid_username" };
        }
        return new Credentials(username, isNew
            ? await AskNewPasswordAsync(environment, "Password: ", "--password-file", cancellation)
            : await AskPasswordAsync(environment, cancellation));
    }

    /// <summary>Asks a person for the password.</summary>
    public static async Task<Secret> AskPasswordAsync(CliEnvironment environment, CancellationToken cancellation) =>
        Check(await AskAsync(
            environment,
            LinePrompt.Secret("Password: "),
            "--password-file, or log in once with jochat login",
            cancellation));

    /// <summary>Asks a person twice for a password that is being chosen.</summary>
    public static async Task<Secret> AskNewPasswordAsync(
        CliEnvironment environment, string prompt, string otherwise, CancellationToken cancellation)
    {
        var password = await AskAsync(environment, LinePrompt.Secret(prompt), otherwise, cancellation);
        var again = await AskAsync(environment, LinePrompt.Secret("Repeat the password: "), otherwise, cancellation);
        return password == again ? Check(password) : throw new CommandFailedException("The two passwords differ.");
    }

    /// <summary>Reads the password that <c>--password-file</c> names.</summary>
    /// <returns>The password; null if the option is not given.</returns>
    /// <exception cref="CommandFailedException">The file cannot be read, or its first line is no password.</exception>
    public static async Task<Secret?> ReadPasswordFileAsync(
        CliSettings settings, CliEnvironment environment, CancellationToken cancellation) =>
        settings.PasswordFile is { } path
            ? await ReadPasswordFileAsync(path, settings, environment, cancellation)
            : null;

    /// <summary>Reads the password in the first line of a file, or of standard input (<c>-</c>).</summary>
    public static async Task<Secret> ReadPasswordFileAsync(
        string path, CliSettings settings, CliEnvironment environment, CancellationToken cancellation)
    {
        var line = path == "-"
            ? await ReadInputLineAsync(environment.In, cancellation)
            : await ReadFileAsync(path, settings, environment, cancellation);
        return line.Length == 0
            ? throw new CommandFailedException($"There is no password in the first line of {Shown(path)}.")
            : Check(line);
    }

    /// <summary>Refuses what can be no name.</summary>
    /// <param name="name">The name. It may have blanks around it, as when it was pasted: no name has any.</param>
    /// <param name="place">Where it is from, for the complaint.</param>
    /// <returns>The name without them; one that is nothing else is left to the server to refuse.</returns>
    public static string CheckName(string name, string place) =>
        name.Length == 0 ? throw new CommandFailedException($"{place}: a name must not be empty.")
        : name.Contains(Replacement)
            ? throw new CommandFailedException($"{place}: a name must be valid UTF-8, without U+FFFD.")
        : string.IsNullOrWhiteSpace(name) ? name
        : name.Trim();

    private static Secret Check(string password) => password.Contains(Replacement)
        ? throw new CommandFailedException("The password must be valid UTF-8, without U+FFFD.")
        : new Secret(password);

    private static async Task<string> ReadFileAsync(
        string path, CliSettings settings, CliEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            // Opening a pipe waits for somebody to write to it.
            var (line, isForOthers) = await Task.Run(() => (
                BoundedFile.ReadFirstLine(path, MaxPasswordBytes, out var others), others), cancellation)
                .WaitAsync(settings.Timeout, cancellation);
            if (isForOthers)
            {
                new ErrorLines(environment.Error, settings.IsJson).Warn(
                    "file_permissions", $"Other people may read the password file {path}: chmod 600 would hide it.");
            }
            return line;
        }
        catch (IOException fault)
        {
            throw new CommandFailedException($"The password cannot be read: {fault.Message}");
        }
        catch (TimeoutException)
        {
            throw new CommandFailedException(FormattableString.Invariant(
                $"Nobody has written a password to {path} within {settings.Timeout.TotalSeconds} s (--timeout)."));
        }
    }

    // The console's readers block even in their async methods, and cancellation must still work.
    private static Task<string> ReadInputLineAsync(TextReader input, CancellationToken cancellation) =>
        Task.Run(() => ReadInputLine(input), cancellation).WaitAsync(cancellation);

    // No further than the line, for what follows it may be a text to send; and a line may have no end.
    private static string ReadInputLine(TextReader input)
    {
        var line = new StringBuilder();
        while (line.Length <= MaxPasswordBytes + 1 && input.Read() is >= 0 and not '\n' and var next)
        {
            line.Append((char)next);
        }
        if (line.Length > 0 && line[^1] == '\r') { line.Length--; }
        return Encoding.UTF8.GetByteCount(line.ToString()) > MaxPasswordBytes
            ? throw new CommandFailedException(FormattableString.Invariant(
                $"The first line of standard input is longer than {MaxPasswordBytes:N0} bytes: it is no password."))
            : line.ToString();
    }

    private static string Shown(string path) => path == "-" ? "standard input" : path;

    private static async Task<string> AskAsync(
        CliEnvironment environment, LinePrompt prompt, string otherwise, CancellationToken cancellation)
    {
        var typed = environment.IsInputTerminal
            ? await environment.OpenPlainTerminal().ReadLineAsync(prompt, cancellation)
            : default;
        if (typed.IsInterrupted) { throw new CommandFailedException("Interrupted.", ExitCode.Interrupted); }
        return typed.Text ?? throw new CommandFailedException($"Standard input is no terminal to ask on: give {otherwise}.");
    }
}
