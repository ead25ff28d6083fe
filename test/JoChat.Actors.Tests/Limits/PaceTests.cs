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
        var paces = new AccountPaces(new PaceOptions { RequestsPerSecond = 10 }, _time, new Strain());
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

    [Fact]
    public void Under_strain_a_request_counts_as_several_and_fewer_come_at_once_until_it_is_over()
    {
        var strain = new Strain();
        var pace = new Pace(new PaceOptions { RequestsPerSecond = 160, BytesPerSecond = 160_000 }, _time, strain);
        for (var i = 0; i < 2; i++) { strain.Note(late: TimeSpan.FromMilliseconds(6), waiting: 33); }
        Assert.Equal(Strain.Most, strain.Factor);
        Assert.Equal(7, TakeAll(pace, 0)); // a sixteenth of 10 s and of 160 requests; the last one more than fills it
        Assert.Equal(7, TakeAll(new Pace(new PaceOptions { BytesPerSecond = 160_000 }, _time, strain), 1000));

        for (var i = 0; i < 300; i++) { strain.Note(TimeSpan.Zero, waiting: 33); }
        Assert.Equal(1, strain.Factor);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1601, TakeAll(pace, 0));
    }

    [Theory]
    [InlineData(100, 32)] // others take the cores
    [InlineData(5, 1000)] // many ask, and nobody waits
    public void Waiting_alone_or_many_alone_is_no_strain(int lateMilliseconds, int waiting)
    {
        var strain = new Strain();

        strain.Note(TimeSpan.FromMilliseconds(lateMilliseconds), waiting);

        Assert.Equal(1, strain.Factor);
    }

    private static int TakeAll(Pace pace, int size)
    {
        var taken = 0;
        for (; pace.Wait() == TimeSpan.Zero; taken++) { pace.Take(size); }
        return taken;
    }
}
