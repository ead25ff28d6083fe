using System.Diagnostics.Metrics;
using JoChat.Actors;

namespace JoChat.Cluster;

/// <summary>What a node of a cluster measures (docs/metrics.md). Where nothing is measured there is none of it.</summary>
public sealed class ClusterMetrics : IDisposable
{
    private readonly Meter _meter = new("JoChat.Cluster");
    private long _epoch;
    private int _isWriter, _toWriter, _toGateways;

    /// <summary>Makes the instruments.</summary>
    public ClusterMetrics()
    {
        _meter.CreateObservableGauge(
            "jochat.cluster.links", MeasureLinks, "{link}", "Links that stand between gateways and the writer.");
        _meter.CreateObservableGauge(
            "jochat.cluster.writer", () => Volatile.Read(ref _isWriter), null, "1 on the node that writes, 0 on others.");
        _meter.CreateObservableGauge(
            "jochat.cluster.epoch", () => Volatile.Read(ref _epoch), null, "The highest epoch that this node has seen.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Whether the link of this gateway to the writer stands.</summary>
    internal void NoteLinkToWriter(bool stands) => Volatile.Write(ref _toWriter, stands ? 1 : 0);

    /// <summary>A gateway began to use a link to the writer here, or a link that was used is gone.</summary>
    internal void CountLinkToGateway(int count) => Interlocked.Add(ref _toGateways, count);

    internal void NoteEpoch(long epoch) => Volatile.Write(ref _epoch, epoch);

    /// <summary>Whether the writer is here.</summary>
    internal void NoteWriter(bool isHere) => Volatile.Write(ref _isWriter, isHere ? 1 : 0);

    private IEnumerable<Measurement<int>> MeasureLinks() =>
    [
        new(Volatile.Read(ref _toWriter), new KeyValuePair<string, object?>("to", "writer")),
        new(Volatile.Read(ref _toGateways), new KeyValuePair<string, object?>("to", "gateways")),
    ];
}

/// <summary>What a node's parts measure; null where nothing is measured.</summary>
/// <param name="Cluster">The node's place in the cluster.</param>
/// <param name="Actors">The actors that run on it.</param>
public sealed record NodeMetrics(ClusterMetrics Cluster, ActorMetrics Actors);
