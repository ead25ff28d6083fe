using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace JoChat.Testing;

/// <summary>What one meter measures, and no other of the same name in the process.</summary>
public sealed class MeterReadings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _observed = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _recorded = [];

    public MeterReadings(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All series that are observed, as they are now: <c>name label=value</c>.</summary>
    public IReadOnlyDictionary<string, double> All
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _observed;
        }
    }

    /// <summary>Reads a series, as <see cref="All"/> names it.</summary>
    public double Read(string series) => All[series];

    /// <summary>What was recorded in a histogram's series so far.</summary>
    public IReadOnlyCollection<double> Recorded(string series) => _recorded.GetValueOrDefault(series) ?? [];

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Name;
        foreach (var tag in tags) { series += $" {tag.Key}={tag.Value}"; }
        if (instrument.IsObservable) { _observed[series] = value; }
        else { _recorded.GetOrAdd(series, _ => new ConcurrentQueue<double>()).Enqueue(value); }
    }
}
