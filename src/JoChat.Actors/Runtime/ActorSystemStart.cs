using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Starts Akka.NET with its layers of settings.</summary>
internal static class ActorSystemStart
{
    /// <summary>The name of every actor system: it is part of the addresses of a cluster's nodes.</summary>
    public const string SystemName = "jochat";

    /// <summary>Starts an actor system with an <see cref="ActorLog"/>.</summary>
    /// <param name="options">What the settings say of it.</param>
    /// <param name="time">The clock of its timers.</param>
    /// <param name="logger">Where its actors log.</param>
    /// <param name="extension">What makes more of it than a system alone; null: nothing.</param>
    /// <param name="metrics">Counts what goes wrong in it; null if nothing is measured.</param>
    /// <exception cref="ActorConfigurationException">A setting cannot be used.</exception>
    public static ActorSystem Start(
        ChatOptions options, TimeProvider time, ILogger logger, ActorSystemExtension? extension = null,
        ActorMetrics? metrics = null)
    {
        extension ??= new ActorSystemExtension([], [], []);
        try
        {
            var overrides = ConfigurationFactory.ParseString(options.AkkaOverrides);
            var below = Below(options, extension);
            CheckKinds(string.Empty, overrides.Root,
                below.Append(ConfigurationFactory.Default()).Select(layer => layer.Root));
            Config[] layers = [.. extension.Above, overrides, .. below];
            var config = layers.Aggregate((over, next) => over.WithFallback(next));
            var system = ActorSystem.Create(
                SystemName, ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(config), .. extension.Setup]));
            // It is another one if it is configured so.
            if (system.Scheduler is TimeProviderScheduler scheduler) { scheduler.Clock = time; }
            CheckDeployment(system);
            var log = system.ActorOf(Props.Create(() => new ActorLog(logger)), "log");
            system.EventStream.Subscribe(log, typeof(LogEvent)); // here: what the next actor logs is not missed
            if (metrics is not null) { StartSignals(system, metrics); }
            return system;
        }
#pragma warning disable CA1031 // Akka has no exception of its own for a bad setting: it throws whatever it runs into
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw new ActorConfigurationException(fault);
        }
    }

    private static void StartSignals(ActorSystem system, ActorMetrics metrics)
    {
        var signals = system.ActorOf(Props.Create(() => new ActorSignals(metrics)), "signals");
        system.EventStream.Subscribe(signals, typeof(DeadLetter));
        system.EventStream.Subscribe(signals, typeof(Error));
    }

    // What people wrote is above it, and Akka's own defaults are below. The strongest first.
    private static Config[] Below(ChatOptions options, ActorSystemExtension extension) =>
    [
        ConfigurationFactory.ParseString(options.ActorConfiguration),
        .. extension.Below,
        ConfigurationFactory.FromResource("akka.conf", typeof(ActorSystemStart).Assembly),
    ];

    // A scalar that hides an object makes Akka throw a NullReferenceException somewhere. Only a dispatcher may be a
    // scalar: the name of another.
    private static void CheckKinds(string path, HoconValue over, IEnumerable<HoconValue> below)
    {
        var hidden = below.Where(value => value.IsObject()).Select(value => value.GetObject()).ToList();
        if (hidden.Count == 0 || hidden.Exists(value => value.Items.ContainsKey("executor"))) { return; }
        if (!over.IsObject()) { throw new ConfigurationException($"{path} must be an object"); }
        foreach (var (key, value) in over.GetObject().Items)
        {
            CheckKinds($"{path}.{key}".TrimStart('.'), value, hidden
                .Select(parent => parent.Items.GetValueOrDefault(key))
                .OfType<HoconValue>());
        }
    }

    // Akka looks these up when the actor starts, and that failure would be one of the actor's parent.
    private static void CheckDeployment(ActorSystem system)
    {
        foreach (var (_, deployment) in system.Settings.Config.GetConfig("akka.actor.deployment").AsEnumerable())
        {
            var actor = deployment.GetObject();
            if (actor?.GetKey("dispatcher")?.GetString() is { Length: > 0 } id) { system.Dispatchers.Lookup(id); }
            if (actor?.GetKey("mailbox")?.GetString() is { Length: > 0 } type) { system.Mailboxes.Lookup(type); }
        }
    }
}

/// <summary>What an actor system gets beside what it has alone.</summary>
/// <param name="Above">Layers of settings that win over those that people wrote; the strongest first.</param>
/// <param name="Below">Layers of settings over which those win.</param>
/// <param name="Setup">What cannot be said as a setting.</param>
internal sealed record ActorSystemExtension(
    IReadOnlyList<Config> Above, IReadOnlyList<Config> Below, IReadOnlyList<Setup> Setup);
