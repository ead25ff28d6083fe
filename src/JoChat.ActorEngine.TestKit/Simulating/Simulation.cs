#nullable disable annotations
using System.Diagnostics.CodeAnalysis;
using Xunit.Sdk;

namespace JoChat.ActorEngine.TestKit;

/// <summary>An actor system on one thread and with a time of its own, in which the seed decides which actor is next.
/// The same seed gives the same order of events; other seeds try other orders.</summary>
/// <remarks>Actors run, and time passes, only in <see cref="Step"/>, <see cref="Run"/> and <see cref="Advance"/>. What
/// actors await must come from other actors, timers or the system's time; threads of the pool are not under
/// control here. Do not wait with a test kit: run, and then look.</remarks>
public sealed class Simulation : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly SeededDispatcher _dispatcher;

    /// <summary>Makes a system that stands still.</summary>
    /// <param name="seed">Decides the order of events.</param>
    /// <param name="config">Configures the system; null for nothing. All its dispatchers are this simulation.</param>
    public Simulation(int seed, Config config = null)
    {
        Seed = seed;
        _dispatcher = new SeededDispatcher(seed);
        var quiet = ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF");
        Sys = new LocalActorSystem("simulation", config?.WithFallback(quiet) ?? quiet, _time, _dispatcher);
    }

    /// <summary>What decides the order of events.</summary>
    public int Seed { get; }

    /// <summary>The system; its time is the simulation's.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The time of the simulation.</summary>
    public TimeProvider Time => _time;

    /// <summary>How many timers of <see cref="Time"/> are to fire: timers and receive time-outs of actors, what was
    /// scheduled, time-outs of questions, delays. One that fired for the last time or was disposed is not.</summary>
    public int ActiveTimers => _time.ActiveTimers;

    /// <summary>Runs a scenario once for each of the seeds from 0 on.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="scenario">Throws if something is wrong.</param>
    /// <exception cref="XunitException">Some seed failed; it is named, so that it can be tried alone.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the scenario throws says that the seed fails.")]
    public static void TrySeeds(int seeds, Action<Simulation> scenario)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            using var simulation = new Simulation(seed);
            try
            {
                scenario(simulation);
            }
            catch (Exception failure)
            {
                throw new XunitException($"Seed {seed} fails: {failure.Message}", failure);
            }
        }
    }

    /// <summary>Lets one actor that has something to do handle one message.</summary>
    /// <returns>False if no actor has anything to do.</returns>
    public bool Step() => _dispatcher.RunNext();

    /// <summary>Runs until no actor has anything to do. Time does not pass.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Lets time pass. Whenever a timer fires, and before the first, everything runs that can.</summary>
    /// <param name="time">How much, ≥ 0.</param>
    public void Advance(TimeSpan time)
    {
        Run();
        _time.Advance(time, afterEach: Run);
    }

    /// <summary>Terminates the system.</summary>
    public void Dispose()
    {
        Sys.Dispose();
        Run();
    }
}
