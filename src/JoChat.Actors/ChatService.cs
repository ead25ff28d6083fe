using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The chat service without its sockets: an actor system in which each connection has a session, one actor
/// writes to the store and one reads beside it.</summary>
public sealed class ChatService
{
    // Three steps, each at most so long: with the gateway's shutdown-timeout before them, a stop stays within 10 s.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1.3);

    private readonly ActorSystem _system;
    private readonly IActorRef _chat;
    private readonly TimeProvider _time;

    private ChatService(ActorSystem system, IActorRef chat, SlowHash hash, TimeProvider time)
    {
        (_system, _chat, _time, Stopped) = (system, chat, time, chat.WatchAsync());
        Administration = new Administration((command, patience) => chat.Ask<Reply>(command, patience), hash.Hash);
    }

    /// <summary>Completes when the service has stopped, asked to or by a fault.</summary>
    public Task Stopped { get; }

    /// <summary>Asks the writer, if that is in this process.</summary>
    public Administration Administration { get; }

    /// <summary>Starts the service.</summary>
    /// <param name="store">Where accounts and messages are. The service is its one user until <see cref="Stopped"/>;
    /// the caller disposes it after that.</param>
    /// <param name="options">The settings; those of Akka.NET and of hashes are read once.</param>
    /// <param name="time">The clock that dates messages, and by which timers and a stop go.</param>
    /// <param name="loggers">Where faults are told.</param>
    /// <param name="metrics">Measures it; null if nothing is measured.</param>
    /// <exception cref="ActorConfigurationException">Akka.NET does not start with its settings.</exception>
    /// <exception cref="StorageException">The store could not be read.</exception>
    public static ChatService Start(
        IChatStore store, Changeable<ChatOptions> options, TimeProvider time, ILoggerFactory loggers,
        ActorMetrics? metrics = null)
    {
        var system = ActorSystemStart.Start(options.Value, time, loggers.CreateLogger("JoChat.Akka"), metrics: metrics);
        var logger = loggers.CreateLogger("JoChat.Actors");
        var hash = new SlowHash(options.Value.Passwords.Iterations, store.FindHashKinds());
        var reader = store.OpenReader();
        return Start(
            system,
            context => LocalWriter.Start(
                context, store, reader, options.Of(chat => chat.Persistence), time, logger, metrics),
            hash, options, time, logger, metrics);
    }

    /// <summary>Starts the service in an actor system, over whatever carries out the commands of its sessions.</summary>
    internal static ChatService Start(
        ActorSystem system, ChatActor.StartWriter startWriter, SlowHash hash, Changeable<ChatOptions> options,
        TimeProvider time, ILogger logger, ActorMetrics? metrics = null) =>
        new(system, system.ActorOf(ChatActor.Props(startWriter, hash, options, time, logger, metrics), "chat"),
            hash, time);

    /// <summary>Makes the session of a new connection.</summary>
    /// <param name="connection">The connection. The session closes it when it ends.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The session: tell it what <see cref="IClientConnection"/> says.</returns>
    public Task<IActorRef> OpenSessionAsync(IClientConnection connection, CancellationToken cancellation) =>
        _chat.Ask<IActorRef>(new OpenSession(connection), cancellation);

    /// <summary>Asks whether requests could be carried out now: whether the writer takes commands, or in a cluster whether
    /// one is found.</summary>
    /// <returns>Why not; null if they could. After 1.3 seconds at the latest.</returns>
    public async Task<string?> FindOutageAsync()
    {
        if (Stopped.IsCompleted) { return "the chat service has stopped"; }
        using var patience = new CancellationTokenSource(LongestStep, _time);
        try
        {
            return (await _chat.Ask<Readiness>(AskReadiness.Instance, patience.Token)).Fault;
        }
        catch (OperationCanceledException)
        {
            return "the writer does not answer";
        }
    }

    /// <summary>Commits what is open, stops the sessions and everything else.</summary>
    /// <returns>Completes when all is stopped, or after four seconds at the latest: if <see cref="Stopped"/> is not
    /// completed then, the store is still in use.</returns>
    public async Task StopAsync()
    {
        await StopActorsAsync();
        await Task.WhenAny(Task.WhenAll(_system.Terminate(), Stopped), Task.Delay(LongestStep, _time));
    }

    /// <summary>The same, but the actor system goes on.</summary>
    internal async Task StopActorsAsync()
    {
        // Awaited: a stop is a system message, and would overtake what is still to be committed.
        using (var patience = new CancellationTokenSource(LongestStep, _time))
        {
            await Task.WhenAny(_chat.Ask<Flushed>(new Flush(), patience.Token), Stopped);
        }
        _chat.Tell(PoisonPill.Instance, ActorRefs.NoSender); // GracefulStop would wait by the system's clock
        await Task.WhenAny(Stopped, Task.Delay(LongestStep, _time));
    }
}
