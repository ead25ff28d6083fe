using System.Diagnostics.Metrics;
using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>What a gateway measures (docs/metrics.md). Where nothing is measured there is none of it.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    public GatewayMetrics()
    {
        Requests = new RequestMetrics(Meter);
        var build = new Measurement<int>(1, new KeyValuePair<string, object?>("version", ProgramVersion.Text));
        Meter.CreateObservableGauge("jochat.build.info", () => build, null, "1, with the version of the program.");
        Meter.CreateObservableCounter(
            "jochat.connections.refused", Refusals.Measure, "{connection}", "Connections closed for want of a place.");
    }

    /// <summary>Where the instruments are found.</summary>
    public Meter Meter { get; } = new("JoChat.Gateway");

    public RequestMetrics Requests { get; }

    /// <summary>The connections that were closed because there was no place for them.</summary>
    public CountsBy<ConnectionRefusal> Refusals { get; } = new("reason");

    /// <summary>Measures what connections use from now on.</summary>
    public void Watch(ConnectionLimit limit, MemoryBudget memory)
    {
        Meter.CreateObservableGauge("jochat.connections", () => limit.Open, "{connection}", "Open connections.");
        Meter.CreateObservableGauge(
            "jochat.connections.limit", () => limit.Most, "{connection}", "Most connections at a time.");
        Meter.CreateObservableGauge(
            "jochat.buffered", () => memory.Held, "By", "Requests and answers kept for connections that keep many.");
        Meter.CreateObservableGauge("jochat.buffered.limit", () => memory.Most, "By", "What may be kept of them.");
    }

    /// <summary>Measures the files of a database of SQLite from now on.</summary>
    public void Watch(StoreFiles files)
    {
        Meter.CreateObservableGauge(
            "jochat.database.size", files.MeasureSizes, "By", "The files of the SQLite database.");
        Meter.CreateObservableGauge("jochat.database.free", files.MeasureFree, "By", "What is free on their disk.");
    }

    public void Dispose() => Meter.Dispose();
}

/// <summary>Why a connection was closed that the gateway had no place for.</summary>
internal enum ConnectionRefusal
{
    /// <summary>Its address opened too many a second.</summary>
    Rate,

    /// <summary>Its address had too many.</summary>
    Address,

    /// <summary>There were too many guests.</summary>
    Guests,

    /// <summary>There were too many.</summary>
    Total,

    /// <summary>A guest made room for another connection.</summary>
    Displaced,

    /// <summary>It kept too much in memory.</summary>
    Memory,

    /// <summary>It spoke what the settings do not allow.</summary>
    Protocol,
}
