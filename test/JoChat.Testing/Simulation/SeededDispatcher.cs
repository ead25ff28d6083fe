using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;

namespace JoChat.Testing;

/// <summary>Gives every turn of a mailbox to the system's <see cref="SeededTurns"/>, one message a turn.</summary>
internal sealed class SeededDispatcher : MessageDispatcher
{
    private readonly SeededTurns _turns;

    public SeededDispatcher(MessageDispatcherConfigurator configurator, SeededTurns turns)
        : base(configurator)
    {
        (Id, _turns) = (configurator.Config.GetString("id"), turns);
        // Akka handles one message more than its throughput; a deadline that is over stops it behind the first.
        (Throughput, ThroughputDeadlineTime) = (1, 0);
    }

    protected override void ExecuteTask(IRunnable run) => _turns.Add(run);

    protected override void Shutdown()
    {
    }
}

/// <summary>Akka makes it, because the configuration of a dispatcher names it.</summary>
internal sealed class SeededDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SeededDispatcher _dispatcher;

    public SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new SeededDispatcher(this, prerequisites.Settings.Setup.Get<SeededSetup>().Value.Turns);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>How the dispatchers of a system come to its turns.</summary>
internal sealed class SeededSetup(SeededTurns turns) : Setup
{
    public SeededTurns Turns => turns;
}
