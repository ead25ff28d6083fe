using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

public sealed class AllowanceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, long> _used = new() { ["ada"] = 0, ["bob"] = 0 };
    private readonly Allowance<string> _allowance;
    private int _counts;

    public AllowanceTests() => _allowance = new Allowance<string>(
        3,
        key =>
        {
            _counts++;
            return _used[key];
        },
        _time);

    [Fact]
    public void A_key_takes_as_much_as_there_may_be_and_no_more()
    {
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Take("ada")));
        Assert.True(Take("bob"));
        Assert.Equal(2, _counts);
    }

    [Fact]
    public void What_became_free_is_noticed_after_a_second_and_counted_no_more_often()
    {
        for (var i = 0; i < 3; i++) { Take("ada"); }
        _used["ada"] = 1;

        Assert.False(Take("ada"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take("ada"));
        Assert.True(Take("ada"));
        Assert.False(Take("ada"));
        Assert.Equal(2, _counts);
    }

    [Fact]
    public void More_than_there_may_be_leaves_nothing()
    {
        _used["ada"] = 9;

        Assert.False(Take("ada"));
        Assert.True(_allowance.IsWithin("ada", few: 9, taken: 0));
        Assert.False(_allowance.IsWithin("ada", few: 8, taken: 0));
    }

    [Fact]
    public void What_was_just_taken_counts_though_it_is_not_there_when_all_is_counted_again()
    {
        Take("ada");
        Take("ada");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_allowance.TryTake("ada", 1));

        Assert.False(_allowance.IsWithin("ada", few: 2, taken: 1));
        _used["ada"] = 1;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_allowance.IsWithin("ada", few: 2, taken: 1));
    }

    [Fact]
    public void What_was_just_taken_is_not_given_again_when_all_is_counted_again()
    {
        for (var i = 0; i < 3; i++) { Assert.True(_allowance.TryTake("ada", 1)); }
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_allowance.IsWithin("ada", few: 2, taken: 1));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => _allowance.TryTake("ada", 1)));
    }

    private bool Take(string key) => _allowance.TryTake(key, 1) && (_used[key] += 1) > 0;
}
