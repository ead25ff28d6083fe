using System.CommandLine;
using JoChat.Cli.Display;
using JoChat.Cli.Tls;
using JoChat.Client;

namespace JoChat.Cli.Commands;

/// <summary>One run of a verb: connects, logs in, and turns failures into messages and exit codes.</summary>
/// <param name="settings">The shared options.</param>
/// <param name="environment">The streams of this run.</param>
internal sealed class Verb(CliSettings settings, CliEnvironment environment)
{
    /// <summary>Where the verb's data goes.</summary>
    public DataWriter Data { get; } = new(settings, environment);

    /// <summary>Runs a verb's body.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        GlobalOptions options, CliEnvironment environment, ParseResult parsed, Func<Verb, Task> body)
    {
        try
        {
            await body(new Verb(options.Read(parsed), environment));
            return ExitCode.Done;
        }
        catch (Exception failure) when (Failure.IsExpected(failure))
        {
            return Failure.Report(failure, environment.Error);
        }
    }

    /// <summary>Reads the credentials from the options or asks for them.</summary>
    public Task<Credentials> ReadCredentialsAsync(CancellationToken cancellation, bool isNew = false) =>
        Credentials.ReadAsync(settings, environment, isNew, cancellation);

    public Task<JoChatClient> ConnectAsync(CancellationToken cancellation) =>
        new ServerConnector(settings, environment).ConnectAsync(settings.ToClientOptions(), cancellation);

    /// <summary>Runs work while logged in, and logs out before it returns or throws: the next process of a script may
    /// log in at once.</summary>
    /// <param name="credentials">Whose account.</param>
    /// <param name="work">What to do; gets the count of undelivered messages.</param>
    /// <param name="cancellation">Ends it all.</param>
    public async Task WhileLoggedInAsync(
        Credentials credentials, Func<JoChatClient, long, Task> work, CancellationToken cancellation)
    {
        await using var client = await ConnectAsync(cancellation);
        var away = await client.LogInPatientlyAsync(credentials, environment.Time, cancellation);
        try
        {
            await work(client, away);
        }
        finally
        {
            await client.TryLogOutAsync(cancellation);
        }
    }
}
