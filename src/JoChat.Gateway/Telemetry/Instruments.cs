using JoChat.Actors;
using JoChat.Cluster;

namespace JoChat.Gateway;

/// <summary>All instruments of a process, which end with it.</summary>
internal sealed class Instruments : IDisposable
{
    private ClusterMetrics? _cluster;

    public ActorMetrics Actors { get; } = new();

    public GatewayMetrics Gateway { get; } = new();

    /// <summary>Those of a node, made when they are asked for: a process alone does not load what clusters need.</summary>
    public NodeMetrics ForNode() => new(_cluster ??= new ClusterMetrics(), Actors);

    public void Dispose()
    {
        Actors.Dispose();
        Gateway.Dispose();
        _cluster?.Dispose();
    }
}
