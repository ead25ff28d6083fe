using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Akka's timers go by the given clock.</summary>
public sealed class TimeProviderSchedulerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();
    private readonly TimeProviderScheduler _scheduler;
    private int _fired;

    public TimeProviderSchedulerTests() => _scheduler = new TimeProviderScheduler(null!, null!) { Clock = _time };

    private IActionScheduler Actions => _scheduler;

    public void Dispose() => _scheduler.Dispose();

    [Fact]
    public void An_action_comes_once_when_it_is_due()
    {
        Actions.ScheduleOnce(Second, Fire);

        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, _fired);
        _time.Advance(10 * Second);

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void A_repeated_action_comes_with_each_period_until_it_is_cancelled()
    {
        using var cancelable = new Cancelable(Actions);
        Actions.ScheduleRepeatedly(Second, 2 * Second, Fire, cancelable);
        for (var i = 0; i < 5; i++) { _time.Advance(Second); }
        Assert.Equal(3, _fired);

        cancelable.Cancel();
        _time.Advance(10 * Second);

        Assert.Equal(3, _fired);
    }

    [Fact]
    public void Nothing_comes_after_the_system_has_stopped()
    {
        Actions.ScheduleOnce(Second, Fire);
        _scheduler.Dispose();

        _time.Advance(Second);

        Assert.Equal(0, _fired);
    }

    private void Fire() => _fired++;
}
