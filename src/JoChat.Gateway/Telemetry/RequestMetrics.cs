using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>What is measured of each request and each message that is pushed: the hot path. It allocates nothing there,
/// and takes the time of one send in <see cref="MeasuredSends"/> only. Any thread.</summary>
internal sealed class RequestMetrics
{
    /// <summary>So many sends there are to each whose time to answer is measured; of all other requests each is.</summary>
    public const int MeasuredSends = 16;

    private const int Results = (int)ErrorCode.Other + 2; // ok, and a refusal each
    private const int LiveCounter = 0, AwayCounter = 1, SendsCounter = 2;

    private static readonly int Operations = (int)Enum.GetValues<Operation>().Max() + 1;
    private static readonly KeyValuePair<string, object?> Ok = new("result", "ok");

    private readonly StripedCounters _answers = new(Operations * Results);
    private readonly StripedCounters _counters = new(SendsCounter + 1);
    private readonly Histogram<double> _duration;
    private readonly KeyValuePair<string, object?>[] _operations =
        [.. Enumerable.Range(0, Operations).Select(value => Tag("operation", (Operation)value))];
    private readonly KeyValuePair<string, object?>[] _results =
        [Ok, .. Enumerable.Range(0, Results - 1).Select(value => Tag("result", (ErrorCode)value))];

    private int _stalled;
    private long _stalls;

    public RequestMetrics(Meter meter)
    {
        meter.CreateObservableCounter(
            "jochat.requests", MeasureAnswers, "{request}", "Requests carried out or refused.");
        meter.CreateObservableCounter(
            "jochat.messages.pushed", MeasurePushed, "{message}", "Messages pushed to clients.");
        meter.CreateObservableGauge(
            "jochat.connections.stalled", () => Volatile.Read(ref _stalled), "{connection}", "Clients that read too slowly.");
        meter.CreateObservableCounter(
            "jochat.connections.stalls", () => Volatile.Read(ref _stalls), "{stall}", "How often clients have stalled.");
        _duration = meter.CreateHistogram(
            "jochat.request.duration", "s", "Time from a request being read to its answer.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15],
            });
    }

    // A microsecond or so where the clock counts nanoseconds, as on Linux: then it comes round every 73 minutes.
    private static uint Now => (uint)(Stopwatch.GetTimestamp() >> 10);

    /// <summary>When a request is read.</summary>
    /// <returns>What <see cref="ClientRequest.ReadAt"/> is to be.</returns>
    public uint TimeOf(Request request) =>
        request is SendMessage && (_counters.Raise(SendsCounter) & (MeasuredSends - 1)) != 1 ? 0 : Math.Max(Now, 1);

    /// <summary>Notes that a request is answered.</summary>
    public void NoteAnswer(ClientRequest request, Response response)
    {
        var operation = (int)request.Request.Operation;
        var result = response is Refused refused ? (int)refused.Code + 1 : 0;
        _answers.Raise(operation * Results + result);
        if (request.ReadAt == 0) { return; }
        var took = Math.Max((int)(Now - request.ReadAt), 0);
        _duration.Record(took * 1024.0 / Stopwatch.Frequency, _operations[operation]);
    }

    /// <summary>Notes that a request is handled that gets no answer.</summary>
    public void NoteSettled(ClientRequest request) => _answers.Raise((int)request.Request.Operation * Results);

    /// <summary>Notes an event that is sent to a client.</summary>
    public void NoteSent(ServerEvent news)
    {
        if (news is MessageArrived message) { _counters.Raise(message.Away ? AwayCounter : LiveCounter); }
    }

    /// <summary>A client has stalled: so much waits for its socket that nothing more is prepared for it.</summary>
    public void NoteStalled()
    {
        Interlocked.Increment(ref _stalled);
        Interlocked.Increment(ref _stalls);
    }

    /// <summary>A client that had stalled reads again, or is gone.</summary>
    public void NoteGoesOn() => Interlocked.Decrement(ref _stalled);

    private static KeyValuePair<string, object?> Tag<T>(string label, T value) where T : struct, Enum =>
        new(label, JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}"));

    private IEnumerable<Measurement<long>> MeasureAnswers()
    {
        for (var counter = 0; counter < _answers.Count; counter++)
        {
            if (_answers.Read(counter) is var count and > 0)
            {
                yield return new(count, _operations[counter / Results], _results[counter % Results]);
            }
        }
    }

    private IEnumerable<Measurement<long>> MeasurePushed() =>
    [
        new(_counters.Read(LiveCounter), new KeyValuePair<string, object?>("kind", "live")),
        new(_counters.Read(AwayCounter), new KeyValuePair<string, object?>("kind", "away")),
    ];
}
