using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Testing;

/// <summary>A clock that stands still until the test moves it, and on which the setting of a timer can be awaited.
/// </summary>
public sealed class TestClock : FakeTimeProvider
{
    private readonly Channel<bool> _timers = Channel.CreateUnbounded<bool>();

    public TestClock()
    {
    }

    public TestClock(DateTimeOffset now)
        : base(now)
    {
    }

    /// <summary>Whether every wait is over at once, and has moved the clock on by as long as it was for.</summary>
    public bool SkipsWaits { get; init; }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(true);
        if (SkipsWaits) { Advance(dueTime); }
        return timer;
    }

    /// <summary>Moves the clock again and again, whenever a timer is set, until something has happened.</summary>
    public async Task AdvanceUntilAsync(Task happened, TimeSpan step)
    {
        while (!happened.IsCompleted)
        {
            Advance(step);
            await Task.WhenAny(happened, _timers.Reader.ReadAsync().AsTask().OrFail());
        }
        await happened;
    }
}
