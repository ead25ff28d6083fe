using JoChat.Cli.State;
using JoChat.Cli.Terminals;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Logs in: by the login that is kept, or by asking for username and password until they are right. After wrong
/// ones it offers to sign up; if the account is logged in elsewhere, to end that session.</summary>
/// <param name="connection">Where to log in.</param>
/// <param name="screen">Where to ask.</param>
/// <param name="isPerson">Whether there is somebody to ask about the other session.</param>
/// <param name="isTakeover">Whether to end the account's other session without asking.</param>
internal sealed class LoginDialogue(ChatConnection connection, ChatScreen screen, bool isPerson, bool isTakeover)
{
    /// <summary>Logs in by a login that is kept.</summary>
    /// <returns>The login; null if it is no longer valid.</returns>
    /// <exception cref="JoChatException">It is refused for another reason, or the connection is lost.</exception>
    public async Task<LoginResult?> ResumeAsync(KeptLogin kept, CancellationToken cancellation)
    {
        try
        {
            var login = await EnterOrAskAsync(
                (client, takeover) => client.ResumeAsync(kept, takeover, cancellation), cancellation);
            return login with { IsKept = true };
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCode.InvalidToken)
        {
            return null;
        }
    }

    /// <summary>Runs the dialogue.</summary>
    /// <param name="username">Given already; null means ask.</param>
    /// <param name="password">Given already; null means ask. If both are given, there is only one attempt.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>The login; null at the end of input.</returns>
    /// <exception cref="JoChatException">The only attempt was refused, or the connection is lost.</exception>
    public async Task<LoginResult?> RunAsync(string? username, Secret? password, CancellationToken cancellation)
    {
        if (username is not null && password is { } given)
        {
            return await LogInAsync(new Credentials(username, given), cancellation);
        }

        var name = username;
        while (true)
        {
            name ??= (await AskAsync(LinePrompt.Question("Username: "), cancellation))?.Trim();
            if (name is null) { return null; }
            if (name.Length > 0)
            {
                var typed = password?.Value ?? await AskAsync(LinePrompt.Secret("Password: "), cancellation);
                if (typed is null) { return null; }
                var login = await TryAsync(new Credentials(name, new Secret(typed)), cancellation);
                if (login is not null) { return login; }
            }
            name = null;
        }
    }

    private async Task<LoginResult?> TryAsync(Credentials credentials, CancellationToken cancellation)
    {
        try
        {
            try
            {
                return await LogInAsync(credentials, cancellation);
            }
            catch (RefusedException refusal) when (refusal.Code == ErrorCode.BadCredentials)
            {
                screen.Warn(refusal.Message);
                return await TrySignUpAsync(credentials, cancellation);
            }
        }
        catch (RefusedException refusal)
        {
            screen.Warn(refusal.Message);
            return null;
        }
    }

    private async Task<LoginResult?> TrySignUpAsync(Credentials credentials, CancellationToken cancellation)
    {
        // Only now: an account that is older than the rules logs in whatever its name.
        if (Names.FaultOfNew(credentials.Username) is { } fault)
        {
            screen.Warn(fault);
            return null;
        }
        if (await screen.AskAsync("Sign up instead? [y/N] ", cancellation) != Answer.Yes) { return null; }
        var again = await AskAsync(LinePrompt.Secret("Repeat the password: "), cancellation);
        if (again != credentials.Password.Value)
        {
            screen.Warn("The two passwords differ.");
            return null;
        }
        await connection.DoAsync(SignUpAsync, cancellation);
        screen.Say($"Signed up as {credentials.Username}.");
        return await LogInAsync(credentials, cancellation);

        async Task<bool> SignUpAsync(JoChatClient client)
        {
            await client.SignUpAsync(credentials.Username, credentials.Password, cancellation);
            return true;
        }
    }

    private Task<LoginResult> LogInAsync(Credentials credentials, CancellationToken cancellation) => EnterOrAskAsync(
        (client, takeover) => takeover
            ? client.LogInAsync(credentials.Username, credentials.Password, takeover, cancellation)
            : client.LogInPatientlyAsync(credentials, screen.Time, cancellation),
        cancellation);

    private async Task<LoginResult> EnterOrAskAsync(
        Func<JoChatClient, bool, Task<long>> enter, CancellationToken cancellation)
    {
        try
        {
            return await EnterAsync(isTakeover);
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCode.AlreadyLoggedIn && isPerson)
        {
            var since = refusal.Since is { } start ? $" since {screen.When(start)}" : "";
            var question = $"Logged in elsewhere{since}. End that session? [y/N] ";
            if (await screen.AskAsync(question, cancellation) != Answer.Yes) { throw; }
            return await EnterAsync(takeover: true);
        }

        async Task<LoginResult> EnterAsync(bool takeover)
        {
            var away = await connection.DoAsync(client => enter(client, takeover), cancellation);
            return new LoginResult(connection.Client.Username!, away); // it is logged in
        }
    }

    private async Task<string?> AskAsync(LinePrompt prompt, CancellationToken cancellation)
    {
        var typed = await screen.Terminal.ReadLineAsync(prompt, cancellation);
        return typed.IsInterrupted
            ? throw new CommandFailedException("Interrupted.", ExitCode.Interrupted)
            : typed.Text;
    }
}
