using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using JoChat.Actors;
using Xunit.Sdk;

namespace JoChat.Testing;

/// <summary>An actor system on one thread, with a clock of its own, in which a seed decides which actor handles its
/// next message. The same seed repeats the same order; other seeds try other orders.</summary>
/// <remarks>Actors run, and time passes, only in <see cref="Step"/>, <see cref="Run"/> and <see cref="Advance"/>; each
/// throws if an actor has failed. Their messages must come from actors, timers or <see cref="Time"/>: what is piped
/// from the thread pool, and the time-outs of Ask and GracefulStop, are not under control here.</remarks>
public sealed class Simulation : IDisposable
{
    private const string SeedVariable = "JOCHAT_SEED";
    private const int MostTurns = 100_000; // a Run, or timers at one instant; more is taken for an endless loop
    private static readonly Config Config = SeedDispatchers(
        ConfigurationFactory.FromResource("akka.conf", typeof(ChatService).Assembly));

    private readonly SimulatedTime _time = new();
    private readonly SeededTurns _turns;
    private readonly FaultRecorder _faults;

    /// <summary>Makes a system, configured as the product's.</summary>
    /// <param name="seed">Decides the order of events.</param>
    public Simulation(int seed)
    {
        Seed = seed;
        _turns = new SeededTurns(seed);
        Sys = ActorSystem.Create(
            "simulation", BootstrapSetup.Create().WithConfig(Config).And(new SeededSetup(_turns)));
        ((TimeProviderScheduler)Sys.Scheduler).Clock = _time;
        _faults = new FaultRecorder(Sys);
        Sys.EventStream.Subscribe(_faults, typeof(Error));
        Run();
    }

    /// <summary>What decides the order of events.</summary>
    public int Seed { get; }

    /// <summary>The system. Its scheduler goes by <see cref="Time"/>.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The time of the simulation.</summary>
    public TimeProvider Time => _time;

    /// <summary>Runs a scenario once for each of the seeds from 0 on. With the environment variable JOCHAT_SEED, only
    /// for that one.</summary>
    /// <param name="count">How many seeds.</param>
    /// <param name="scenario">Throws if something is wrong.</param>
    /// <param name="only">The one seed to try; null for all.</param>
    /// <exception cref="XunitException">A seed failed; it is named, so that it can be tried alone.</exception>
    public static void TrySeeds(int count, Action<Simulation> scenario, int? only = null)
    {
        only ??= int.TryParse(
            Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed) ? seed : null;
        foreach (var each in only is { } one ? [one] : Enumerable.Range(0, count)) { Try(each, scenario); }
    }

    /// <summary>Lets one actor that has something to do handle one message.</summary>
    /// <returns>False if no actor has anything to do.</returns>
    public bool Step()
    {
        var ran = _turns.RunNext();
        if (_faults.TakeFirst() is not { } fault) { return ran; }
        throw new XunitException($"{fault.LogSource} failed: {fault.Message}", fault.Cause);
    }

    /// <summary>Runs until no actor has anything to do. Time does not pass.</summary>
    public void Run()
    {
        for (var turns = 0; Step();) { Count(ref turns); }
    }

    /// <summary>Lets time pass. Before the first timer that fires on the way, and after each, everything runs that
    /// can.</summary>
    /// <param name="span">How much, ≥ 0.</param>
    public void Advance(TimeSpan span)
    {
        Run();
        var (end, instant, fired) = (_time.GetUtcNow() + span, _time.GetUtcNow(), 0);
        while (_time.FireNext(end))
        {
            if (instant != _time.GetUtcNow()) { (instant, fired) = (_time.GetUtcNow(), 0); }
            Count(ref fired);
            Run();
        }
    }

    /// <summary>Terminates the system.</summary>
    public void Dispose()
    {
        _ = Sys.Terminate(); // completes on the thread pool, when the actors have stopped
        for (var turns = 0; turns < MostTurns && _turns.RunNext(); turns++) { }
    }

    private static void Try(int seed, Action<Simulation> scenario)
    {
        using var simulation = new Simulation(seed);
        try
        {
            scenario(simulation);
        }
        catch (Exception failure)
        {
            throw new XunitException(
                $"Seed {seed} fails ({SeedVariable}={seed} repeats it): {failure.Message}", failure);
        }
    }

    private static void Count(ref int turns)
    {
        if (++turns > MostTurns) { throw new XunitException($"Still busy after {MostTurns} turns: an endless loop?"); }
    }

    // Every dispatcher that an actor of the product may be given.
    private static Config SeedDispatchers(Config product)
    {
        string[] ids =
        [
            "akka.actor.default-dispatcher", "akka.actor.internal-dispatcher",
            .. product.GetConfig("jochat").Root.GetObject().Items.Keys.Select(name => $"jochat.{name}"),
        ];
        var seeded = typeof(SeededDispatcherConfigurator).AssemblyQualifiedName;
        var types = ids.Select(id => $"{id}.type = \"{seeded}\"");
        return ConfigurationFactory.ParseString(string.Join('\n', types)).WithFallback(product);
    }
}
