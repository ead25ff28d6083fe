using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

public sealed class RateLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void So_many_at_once_then_one_an_interval_for_each_key_by_itself()
    {
        var limit = new RateLimit<string>(new Rate(3, TimeSpan.FromSeconds(2)), _time);
        Assert.Equal((3, 3), (TakeAll(limit, "a"), TakeAll(limit, "b")));
        Assert.Equal(TimeSpan.FromSeconds(2), limit.WaitOf("a"));

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((1, TimeSpan.FromSeconds(1)), (TakeAll(limit, "a"), limit.WaitOf("a")));

        limit.GiveBack("a");
        Assert.Equal(1, TakeAll(limit, "a"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, TakeAll(limit, "a"));
    }

    [Fact]
    public void Of_too_many_keys_those_are_forgotten_that_have_most_left()
    {
        var limit = new RateLimit<int>(new Rate(2, TimeSpan.FromHours(1)), _time);
        TakeAll(limit, -1);
        for (var key = 0; key < 300_000; key++) { limit.Take(key); }

        Assert.NotEqual(TimeSpan.Zero, limit.WaitOf(-1));
    }

    private static int TakeAll<T>(RateLimit<T> limit, T key) where T : notnull
    {
        var taken = 0;
        for (; limit.WaitOf(key) == TimeSpan.Zero; taken++) { limit.Take(key); }
        return taken;
    }
}
