namespace JoChat.ActorEngine.Tests;

public sealed class ConfigTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString(
        """
        a { text = hello, number = 7, large = 5000000000, flag = on, real = 1.5, time = 10s, ever = infinite,
            bare = 250, size = 1MB, list = [x, y] }
        """);

    [Fact]
    public void Values_are_read_by_path_and_type()
    {
        Assert.Equal("hello", Sample.GetString("a.text"));
        Assert.Equal(7, Sample.GetInt("a.number"));
        Assert.Equal(5_000_000_000, Sample.GetLong("a.large"));
        Assert.True(Sample.GetBoolean("a.flag"));
        Assert.Equal(1.5, Sample.GetDouble("a.real"));
        Assert.Equal(TimeSpan.FromSeconds(10), Sample.GetTimeSpan("a.time"));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Sample.GetTimeSpan("a.bare"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Sample.GetTimeSpan("a.ever"));
        Assert.NotNull(Sample.GetByteSize("a.size"));
        Assert.Equal(["x", "y"], Sample.GetStringList("a.list"));
        Assert.Equal(7, Sample.GetConfig("a").GetInt("number"));
    }

    [Fact]
    public void Default_is_returned_where_nothing_is_set()
    {
        Assert.Equal("x", Sample.GetString("b", "x"));
        Assert.Equal(3, Sample.GetInt("b", 3));
        Assert.Equal(TimeSpan.FromSeconds(1), Sample.GetTimeSpan("b", TimeSpan.FromSeconds(1)));
        Assert.False(Sample.HasPath("b"));
    }

    [Fact]
    public void Fallback_fills_what_is_not_set()
    {
        var merged = Sample.WithFallback("a.number = 8, b = 9");

        Assert.Equal((7, 9), (merged.GetInt("a.number"), merged.GetInt("b")));
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.False(Sample.IsEmpty);
    }

    [Fact]
    public void Settings_can_be_embedded_in_the_assembly() =>
        Assert.Equal(7, ConfigurationFactory.FromResource<ConfigTests>("embedded.conf").GetInt("a"));
}
