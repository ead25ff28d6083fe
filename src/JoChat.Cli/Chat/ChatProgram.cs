using JoChat.Cli.Display;
using JoChat.Cli.State;
using JoChat.Cli.Tls;

namespace JoChat.Cli.Chat;

/// <summary><c>jochat</c> without a command: the interactive chat.</summary>
internal static class ChatProgram
{
    /// <summary>Runs the chat until the user leaves or the session ends. If the connection is lost, the chat reconnects
    /// for a person; for a script, whose input is already there, it ends with an exit code.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        CliSettings settings, CliEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            if (settings.IsJson) { throw new CommandFailedException("The chat has no --json; the commands have."); }
            return await ChatAsync(settings, environment, cancellation);
        }
        catch (Exception failure) when (Failure.IsExpected(failure))
        {
            environment.CloseTerminal(); // what is reported now is no line of the chat
            return Failure.Report(failure, environment.Error);
        }
    }

    private static async Task<int> ChatAsync(
        CliSettings settings, CliEnvironment environment, CancellationToken cancellation)
    {
        var isPerson = environment.IsInputTerminal;
        var password = await Credentials.ReadPasswordFileAsync(settings, environment, cancellation);
        var options = settings.ToChatOptions(reconnect: isPerson);
        var connector = new ServerConnector(settings, environment);
        await using var connection = await ChatConnection.OpenAsync(
            cancelled => connector.ConnectAsync(options, cancelled), cancellation);
        var ink = new Ink(environment.IsColourWanted(settings.IsColourForbidden));
        var screen = new ChatScreen(environment.OpenChatTerminal(settings.IsColourForbidden), ink, environment.Time);
        var dialogue = new LoginDialogue(connection, screen, isPerson, settings.TakesOver);
        var names = new KnownNames();
        var notices = new Notices(screen.Terminal, settings.Notices);

        var logins = new SavedLogins(environment.State);
        var login = password is null && logins.Find(settings.Server, settings.User) is { } saved
            ? await ResumeAsync(saved)
            : await dialogue.RunAsync(settings.User, password, cancellation);
        if (login is null && !isPerson)
        {
            throw new CommandFailedException("The input ended before anybody logged in.", ExitCode.NotLoggedIn);
        }
        var memories = new Dictionary<string, AccountMemory>(StringComparer.Ordinal);
        var exitCode = ExitCode.Done;
        while (login is not null)
        {
            var key = Names.KeyOf(login.Username);
            if (!memories.TryGetValue(key, out var memory))
            {
                memories.Add(key, memory = AccountMemory.Of(environment, settings, login.Username));
            }
            var session = new ChatSession(
                connection.Client, screen, login.Username, memory, names, notices, isPerson);
            using var room = new ChatRoom(session, login.Away);
            var end = await room.RunAsync(cancellation);
            if (!isPerson && exitCode == ExitCode.Done) { exitCode = room.FirstFailure; }
            if (end == RoomEnd.Interrupted) { exitCode = ExitCode.Interrupted; }
            if (end != RoomEnd.LoggedOut)
            {
                if (!login.IsKept) { await connection.Client.TryLogOutAsync(cancellation); }
                break;
            }
            if (login.IsKept && connection.Client.Username is null) { logins.Delete(settings.Server, login.Username); }
            screen.Say("Logged out.");
            login = await dialogue.RunAsync(username: null, password: null, cancellation);
        }
        return exitCode;

        async Task<LoginResult?> ResumeAsync(SavedLogin saved)
        {
            var kept = logins.Keep(settings.Server, saved.Username);
            if (await dialogue.ResumeAsync(kept, cancellation) is { } resumed) { return resumed; }
            var sentence = $"The kept login of {saved.Username} is no longer valid; jochat login keeps another.";
            if (!isPerson) { throw new CommandFailedException(sentence, ExitCode.NotLoggedIn); }
            screen.Warn(sentence);
            return await dialogue.RunAsync(saved.Username, password: null, cancellation);
        }
    }
}
