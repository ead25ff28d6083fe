using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Starts Akka.NET with its layers of settings.</summary>
internal static class ActorSystemStart
{
    /// <summary>Starts an actor system with an <see cref="ActorLog"/>.</summary>
    /// <param name="options">What the settings say of it.</param>
    /// <param name="logger">Where its actors log.</param>
    /// <exception cref="ActorConfigurationException">A setting cannot be used.</exception>
    public static ActorSystem Start(ChatOptions options, ILogger logger)
    {
        try
        {
            var layers = Layers(options);
            CheckKinds(string.Empty, layers[0].Root,
                layers.Skip(1).Append(ConfigurationFactory.Default()).Select(layer => layer.Root));
            var system = ActorSystem.Create("jochat", layers.Aggregate((over, below) => over.WithFallback(below)));
            CheckDeployment(system);
            var log = system.ActorOf(Props.Create(() => new ActorLog(logger)), "log");
            system.EventStream.Subscribe(log, typeof(LogEvent)); // here: what the next actor logs is not missed
            return system;
        }
#pragma warning disable CA1031 // Akka has no exception of its own for a bad setting: it throws whatever it runs into
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw new ActorConfigurationException(fault);
        }
    }

    // The strongest first; Akka's own defaults follow.
    private static Config[] Layers(ChatOptions options) =>
    [
        ConfigurationFactory.ParseString(options.AkkaOverrides),
        ConfigurationFactory.ParseString(options.ActorConfiguration),
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
