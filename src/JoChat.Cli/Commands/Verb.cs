using System.CommandLine;
using JoChat.Cli.Display;
using JoChat.Cli.State;
using JoChat.Cli.Tls;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary>One run of a verb: connects and logs in, beside whatever other session the account has.</summary>
/// <param name="settings">The shared options.</param>
/// <param name="environment">The streams of this run.</param>
internal sealed class Verb(CliSettings settings, CliEnvironment environment)
{
    private readonly ServerConnector _connector = new(settings, environment);

    public CliSettings Settings => settings;

    /// <summary>Where the verb's data goes.</summary>
    public DataWriter Data { get; } = new(settings, environment);

    /// <summary>Where it tells of itself.</summary>
    public ErrorLines Lines { get; } = new(environment.Error, settings.IsJson);

    /// <summary>The logins kept for later runs.</summary>
    public SavedLogins Logins { get; } = new(environment.State);

    /// <summary>Runs a verb's body.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        GlobalOptions options, CliEnvironment environment, ParseResult parsed, Func<Verb, Task> body)
    {
        await body(new Verb(options.Read(parsed), environment));
        return ExitCode.Done;
    }

    /// <summary>Reads the credentials from the options or asks for them.</summary>
    public Task<Credentials> ReadCredentialsAsync(CancellationToken cancellation, bool isNew = false) =>
        Credentials.ReadAsync(settings, environment, isNew, cancellation);

    /// <summary>Finds out how to log in: by the password that is given, by the login that is kept, or by asking.
    /// </summary>
    public async Task<Access> ReadAccessAsync(CancellationToken cancellation) =>
        settings.PasswordFile is null && Logins.Find(settings.Server, settings.User) is { } saved
            ? new Access(saved.Username, null, Logins.Keep(settings.Server, saved.Username))
            : Access.Of(await ReadCredentialsAsync(cancellation));

    /// <summary>Connects.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="keepsLogin">Whether a login is to be kept for later runs.</param>
    public Task<JoChatClient> ConnectAsync(CancellationToken cancellation, bool keepsLogin = false) =>
        ConnectAsync(settings.ToClientOptions() with { WantsResumeToken = keepsLogin }, cancellation);

    public Task<JoChatClient> ConnectAsync(JoChatClientOptions how, CancellationToken cancellation) =>
        _connector.ConnectAsync(how, cancellation);

    /// <summary>Runs work while logged in. If that was with a password, it logs out before it returns or throws.
    /// </summary>
    /// <param name="access">Whose account.</param>
    /// <param name="work">What to do; gets the count of undelivered messages.</param>
    /// <param name="cancellation">Ends it all.</param>
    public async Task WhileLoggedInAsync(
        Access access, Func<JoChatClient, long, Task> work, CancellationToken cancellation)
    {
        await using var client = await ConnectAsync(cancellation);
        await WhileLoggedInAsync(client, access, work, cancellation);
    }

    /// <summary>The same over a connection of the caller's.</summary>
    public async Task WhileLoggedInAsync(
        JoChatClient client, Access access, Func<JoChatClient, long, Task> work, CancellationToken cancellation)
    {
        if (access.Kept is { } kept && await TryResumeAsync(client, kept, cancellation) is { } resumed)
        {
            await work(client, resumed); // a log-out would revoke the token
            return;
        }
        var password = access.Password ?? await Credentials.AskPasswordAsync(environment, cancellation);
        var away = await client.LogInPatientlyAsync(
            new Credentials(access.Username, password), environment.Time, cancellation);
        try
        {
            await work(client, away);
        }
        finally
        {
            await client.TryLogOutAsync(cancellation);
        }
    }

    /// <summary>Logs in by the login that is kept.</summary>
    /// <returns>The count of undelivered messages; null if the login is revoked and a person can be asked for the
    /// password.</returns>
    private async Task<long?> TryResumeAsync(JoChatClient client, KeptLogin kept, CancellationToken cancellation)
    {
        try
        {
            return await client.ResumeAsync(kept, takeover: false, cancellation);
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCode.InvalidToken)
        {
            return environment.IsInputTerminal ? null : throw new CommandFailedException(
                $"The kept login of {kept.Username} on {settings.Server} is no longer valid: run jochat login again.",
                ExitCode.NotLoggedIn);
        }
    }
}
