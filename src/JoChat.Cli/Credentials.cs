using JoChat.Cli.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>A username and its password.</summary>
/// <param name="Username">As given or typed.</param>
/// <param name="Password">As typed, without the end of its line.</param>
internal sealed record Credentials(string Username, Secret Password)
{
    /// <summary>Takes the credentials of a verb from the options, asking a person for what is missing.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="environment">Where to ask.</param>
    /// <param name="isNew">Whether the password is being chosen, and so is asked for twice.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <exception cref="CommandFailedException">Something is missing and there is nobody to ask.</exception>
    public static async Task<Credentials> ReadAsync(
        CliSettings settings, CliEnvironment environment, bool isNew, CancellationToken cancellation)
    {
        var terminal = environment.IsInputTerminal ? environment.OpenPlainTerminal() : null;
        var username = settings.User
            ?? await AskAsync(LinePrompt.Question("Username: "), "--user or JOCHAT_USER");
        if (await ReadPasswordFileAsync(settings, environment, cancellation) is { } given)
        {
            return new Credentials(username, given);
        }

        var password = await AskAsync(LinePrompt.Secret("Password: "), "--password-file");
        if (isNew && password != await AskAsync(LinePrompt.Secret("Repeat the password: "), "--password-file"))
        {
            throw new CommandFailedException("The two passwords differ.");
        }
        return new Credentials(username, new Secret(password));

        async Task<string> AskAsync(LinePrompt prompt, string otherwise)
        {
            var typed = terminal is null ? default : await terminal.ReadLineAsync(prompt, cancellation);
            if (typed.IsInterrupted) { throw new CommandFailedException("Interrupted.", ExitCode.Interrupted); }
            return typed.Text ?? throw new CommandFailedException($"There is nobody to ask: give {otherwise}.");
        }
    }

    /// <summary>Reads the password that <c>--password-file</c> names.</summary>
    /// <returns>The password; null if the option is not given.</returns>
    /// <exception cref="CommandFailedException">The file cannot be read or is empty.</exception>
    public static async Task<Secret?> ReadPasswordFileAsync(
        CliSettings settings, CliEnvironment environment, CancellationToken cancellation)
    {
        if (settings.PasswordFile is not { } path) { return null; }
        try
        {
            using var file = path == "-" ? null : new StreamReader(path);
            var line = await (file ?? environment.In).ReadLineAsync(cancellation);
            return line is null
                ? throw new CommandFailedException($"The password file {path} is empty.")
                : new Secret(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The password file cannot be read: {fault.Message}");
        }
    }
}
