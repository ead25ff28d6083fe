using JoChat.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(10, 1000, 0)]
    [InlineData(1_000_000, 1000, 100)] // bytes: 10,000 of them are 100 requests
    public void So_much_may_come_at_once_and_then_so_much_a_second(int requests, int bytes, int size)
    {
        var pace = new Pace(new PaceOptions { RequestsPerSecond = requests, BytesPerSecond = bytes }, _time);
        Assert.Equal(101, TakeAll(pace, size)); // the last one more than fills it

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, TakeAll(pace, size));
        Assert.NotEqual(TimeSpan.Zero, pace.Wait());
        Assert.False(pace.IsWhole);

        _time.Advance(TimeSpan.FromSeconds(1000));
        Assert.True(pace.IsWhole);
        Assert.Equal(101, TakeAll(pace, size)); // the last one more than fills it
    }

    [Fact]
    public void All_sessions_of_an_account_share_one()
    {
        var paces = new AccountPaces(new PaceOptions { RequestsPerSecond = 10 }, _time);
        TakeAll(paces.Of(new AccountId(1)), 0);

        Assert.Equal((0, 101), (TakeAll(paces.Of(new AccountId(1)), 0), TakeAll(paces.Of(new AccountId(2)), 0)));
    }

    [Fact]
    public void What_many_take_at_once_is_all_counted()
    {
        var pace = new Pace(new PaceOptions { RequestsPerSecond = 1000 }, _time);

        Parallel.For(0, 15_000, _ => pace.Take(0));

        Assert.Equal(TimeSpan.FromSeconds(5), pace.Wait());
    }

    private static int TakeAll(Pace pace, int size)
    {
        var taken = 0;
        for (; pace.Wait() == TimeSpan.Zero; taken++) { pace.Take(size); }
        return taken;
    }
}
