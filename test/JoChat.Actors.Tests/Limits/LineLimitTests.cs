using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

public sealed class LineLimitTests
{
    private static readonly ClientAddress Loud = ClientAddress.OfVersion4(1), Quiet = ClientAddress.OfVersion4(2);

    private readonly FakeTimeProvider _time = new();
    private readonly LineLimit<ClientAddress> _limit;

    public LineLimitTests() => _limit = new LineLimit<ClientAddress>(_time);

    [Fact]
    public void An_address_has_twenty_lines_at_once_and_then_one_in_ten_seconds()
    {
        Assert.Equal(20, Count(Loud, 100));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, Count(Loud, 100));
    }

    [Fact]
    public void Who_has_had_all_its_lines_takes_none_from_another_address()
    {
        Count(Loud, 10_000);

        Assert.True(_limit.Allows(Quiet));
    }

    [Fact]
    public void All_addresses_together_have_a_thousand_at_once_and_then_five_a_second()
    {
        Assert.Equal(1000, Count(addresses: 5000));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(10, Count(addresses: 5000));
    }

    [Fact]
    public void What_is_left_out_is_counted_once_with_who_caused_most_of_it()
    {
        Count(Loud, 100);
        Count(Quiet, 25);

        Assert.Equal(new LeftOutLines<ClientAddress>(85, 2, Loud, 80), _limit.TakeRest());
        Assert.Null(_limit.TakeRest());
    }

    [Fact]
    public void Of_addresses_without_end_all_lines_are_counted_but_not_all_addresses()
    {
        Count(addresses: 101_000);

        var rest = _limit.TakeRest();

        Assert.Equal((100_000, 10_000), (rest?.Count, rest?.Causes));
    }

    private int Count(ClientAddress of, int times) => Enumerable.Range(0, times).Count(_ => _limit.Allows(of));

    private int Count(int addresses) =>
        Enumerable.Range(1000, addresses).Count(one => _limit.Allows(ClientAddress.OfVersion4((uint)one)));
}
