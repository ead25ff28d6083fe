using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Cli.State;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat login</c>.</summary>
internal static class LoginCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("login", "Log in once: the commands and the chat need no password from then on.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat login --user ada"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var credentials = await verb.ReadCredentialsAsync(cancellation);
            var server = verb.Settings.Server;
            var token = await EnterAsync(verb, credentials, environment.Time, cancellation);
            var (file, replaced) = await verb.Logins.SaveAsync(
                server, new SavedLogin(credentials.Username, token), cancellation);
            if (replaced is { } old && old != token) { await TryRevokeAsync(verb, old, cancellation); }
            verb.Data.WriteDone(
                json =>
                {
                    json.WriteString("username", credentials.Username);
                    json.WriteString("server", server.ToString());
                    json.WriteString("file", file);
                },
                $"Logged in as {SafeText.Of(credentials.Username)} on {server}, until jochat logout.");
        }));
        return command;
    }

    private static async Task<Secret> EnterAsync(
        Verb verb, Credentials credentials, TimeProvider time, CancellationToken cancellation)
    {
        await using var client = await verb.ConnectAsync(cancellation, keepsLogin: true);
        await client.LogInPatientlyAsync(credentials, time, cancellation);
        return client.ResumeToken ?? throw new CommandFailedException(
            "This server keeps no logins: give --password-file instead.", ExitCode.Refused);
    }

    // Nobody has it any more who could end it later.
    private static async Task TryRevokeAsync(Verb verb, Secret token, CancellationToken cancellation)
    {
        try
        {
            await using var client = await verb.ConnectAsync(cancellation);
            await client.ResumeAsync(token, takeover: false, cancellation);
            await client.LogOutAsync(cancellation);
        }
        catch (Exception failure) when (Failure.IsExpected(failure))
        {
            // The new login is kept, which is what was asked for; the server forgets the old one some day.
        }
    }
}
