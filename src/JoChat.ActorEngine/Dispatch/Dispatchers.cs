using System.Collections.Concurrent;

namespace JoChat.ActorEngine;

/// <summary>The dispatchers of one system by their configuration paths.</summary>
internal sealed class Dispatchers
{
    private const string DefaultPath = "akka.actor.default-dispatcher";
    private const int DefaultThroughput = 30;

    private readonly Config _config;
    private readonly MessageDispatcher? _replacement;
    private readonly ConcurrentDictionary<string, Func<MessageDispatcher>> _byPath = new();

    /// <param name="config">The system's configuration.</param>
    /// <param name="replacement">Stands for every dispatcher, whatever is configured; null for none.</param>
    public Dispatchers(Config config, MessageDispatcher? replacement)
    {
        _config = config;
        _replacement = replacement;
        Default = replacement ?? new ThreadPoolDispatcher(ReadThroughput(DefaultPath));
    }

    public MessageDispatcher Default { get; }

    /// <param name="path">Null for the default dispatcher.</param>
    /// <exception cref="ConfigurationException">Nothing usable is configured there.</exception>
    public MessageDispatcher Lookup(string? path) =>
        string.IsNullOrEmpty(path) || path == DefaultPath ? Default : _byPath.GetOrAdd(path, Configure)();

    // A pool serves all of its actors; a pinned dispatcher is made for each.
    private Func<MessageDispatcher> Configure(string path)
    {
        if (!_config.HasPath(path))
        {
            throw new ConfigurationException($"Dispatcher [{path}] is not configured.");
        }

        var type = _config.GetString($"{path}.type", "Dispatcher");
        var throughput = ReadThroughput(path);
        switch (type)
        {
            case "Dispatcher" or "PinnedDispatcher" when _replacement is not null:
                return () => _replacement;
            case "Dispatcher":
                var shared = new ThreadPoolDispatcher(throughput);
                return () => shared;
            case "PinnedDispatcher":
                return () => new PinnedDispatcher(throughput, path);
            default:
                throw new ConfigurationException(
                    $"{path}.type is \"{type}\"; Dispatcher or PinnedDispatcher is wanted.");
        }
    }

    private int ReadThroughput(string path)
    {
        var throughput = _config.GetInt($"{path}.throughput", DefaultThroughput);
        return throughput >= 1
            ? throughput
            : throw new ConfigurationException($"{path}.throughput is {throughput}; at least 1 is wanted.");
    }
}
