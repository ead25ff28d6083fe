using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway.Tests;

/// <summary>Requests are counted by what was asked and what came of it, at next to no cost.</summary>
public sealed class RequestMetricsTests : IDisposable
{
    private readonly GatewayMetrics _metrics = new();
    private readonly MeterReadings _readings;

    public RequestMetricsTests() => _readings = new MeterReadings(_metrics.Meter);

    private RequestMetrics Requests => _metrics.Requests;

    public void Dispose()
    {
        _readings.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Answers_are_counted_by_operation_and_result()
    {
        Requests.NoteAnswer(new ClientRequest(new Ping(), 1), new Pong());
        Requests.NoteAnswer(new ClientRequest(new Ping(), 1), new Pong());
        Requests.NoteAnswer(new ClientRequest(new LogIn("a", null), 1), Refusals.BadCredentials);
        Requests.NoteSettled(new ClientRequest(new Acknowledge([1]), 1));

        Assert.Equal(2, _readings.Read("jochat.requests operation=ping result=ok"));
        Assert.Equal(1, _readings.Read("jochat.requests operation=log_in result=bad_credentials"));
        Assert.Equal(1, _readings.Read("jochat.requests operation=acknowledge result=ok"));
        Assert.Equal(3, _readings.All.Keys.Count(series => series.StartsWith("jochat.requests ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_operation_and_every_refusal_has_a_series_of_its_own_and_none_has_more()
    {
        foreach (var operation in Enum.GetValues<Operation>())
        {
            foreach (var code in Enum.GetValues<ErrorCode>())
            {
                var refused = new Refused(operation, code, "text");
                Requests.NoteAnswer(new ClientRequest(new UnreadableRequest(operation, code, "text"), 1), refused);
            }
        }

        var counted = _readings.All.Where(series => series.Key.StartsWith("jochat.requests ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enum.GetValues<Operation>().Length * Enum.GetValues<ErrorCode>().Length, counted.Count);
        Assert.All(counted, series => Assert.Equal(1, series.Value));
    }

    [Fact]
    public void The_time_of_every_request_is_measured_but_of_sends_that_of_one_in_sixteen()
    {
        Assert.All(Enumerable.Range(0, 100), _ => Assert.NotEqual(0u, Requests.TimeOf(new Ping())));

        var measured = Enumerable.Range(0, 1600).Count(_ => Requests.TimeOf(new SendMessage("a", "b", "c")) != 0);

        // The first of each processor is one.
        Assert.InRange(measured, 100, 100 + Environment.ProcessorCount);
    }

    [Fact]
    public void A_time_is_told_in_seconds()
    {
        var readAt = Requests.TimeOf(new Ping());
        Requests.NoteAnswer(new ClientRequest(new Ping(), 1) { ReadAt = readAt }, new Pong());
        const uint TenSeconds = (uint)(10_000_000_000L / 1024); // where a tick of the clock is a nanosecond
        Requests.NoteAnswer(new ClientRequest(new Ping(), 1) { ReadAt = readAt - TenSeconds }, new Pong());

        var times = _readings.Recorded("jochat.request.duration operation=ping").Order().ToList();
        Assert.InRange(times[0], 0, 5);
        if (System.Diagnostics.Stopwatch.Frequency == 1_000_000_000) { Assert.InRange(times[1], 9.9, 15); }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request()
    {
        var send = new ClientRequest(new SendMessage("a", "b", "c"), 1);
        var stored = new MessageStored();
        var arrived = new MessageArrived(1, "a", "b", "c", DateTimeOffset.UnixEpoch, Away: false);
        Measure(); // compiled

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) { Measure(); }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Measure()
        {
            _ = Requests.TimeOf(send.Request);
            Requests.NoteAnswer(send, stored);
            Requests.NoteSent(arrived);
        }
    }

    [Fact]
    public async Task Counters_that_all_processors_raise_lose_nothing()
    {
        var counters = new StripedCounters(3, stripes: 1); // all of them have the same
        using var start = new Barrier(4);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 10_000_000; i++) { counters.Raise(1); }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal((0, 40_000_000, 0), (counters.Read(0), counters.Read(1), counters.Read(2)));
    }
}
