using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Each session is counted as what it is, from its beginning to its end.</summary>
public sealed class SessionMetricsTests : SessionTestKit
{
    private readonly ActorMetrics _metrics = new();

    private protected override ActorMetrics? Metrics => _metrics;

    [Theory]
    [InlineData(Features.None, "own")]
    [InlineData(Features.Side, "side")]
    public async Task A_guest_becomes_what_it_logs_in_as_and_a_guest_again(Features features, string kind)
    {
        using var readings = new MeterReadings(_metrics.Meter);
        await FenceAsync();
        Assert.Equal((1, 0), (Count("guest"), Count(kind)));

        await LogInAsync(features);
        Assert.Equal((0, 1), (Count("guest"), Count(kind)));

        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync<PersistenceCommands.EndSession>();
        Persistence.Reply(new PersistenceReplies.Answered(0, new LoggedOut()));
        await Client.ExpectMsgAsync<LoggedOut>();
        await FenceAsync();
        Assert.Equal((1, 0), (Count("guest"), Count(kind)));

        await Session.GracefulStop(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0), (Count("guest"), Count(kind)));

        double Count(string of) => readings.Read($"jochat.sessions kind={of}");
    }

    [Fact]
    public async Task A_session_that_ends_while_it_is_logged_in_is_counted_no_more()
    {
        using var readings = new MeterReadings(_metrics.Meter);
        await LogInAsync();

        await Session.GracefulStop(TimeSpan.FromMinutes(1));

        Assert.All(readings.All.Where(series => series.Key.StartsWith("jochat.sessions", StringComparison.Ordinal)),
            series => Assert.Equal(0, series.Value));
    }
}
