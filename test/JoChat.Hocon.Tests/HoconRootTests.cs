namespace JoChat.Hocon.Tests;

public sealed class HoconRootTests
{
    private static readonly HoconRoot Sample = HoconRoot.Parse(
        """
        akka.actor {
          ask-timeout = 10 s
          throughput = 30, ratio = 0.5, debug = on
          buffer = 64KiB
          loggers = ["one", two]
          numbered { 10 = ten, 2 = two, x = other }
          nothing = null
        }
        """);

    [Fact]
    public void Values_are_read_in_the_type_that_is_asked_for()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), Sample.GetDuration("akka.actor.ask-timeout"));
        Assert.Equal("10 s", Sample.GetString("akka.actor.ask-timeout"));
        Assert.Equal(30, Sample.GetInt("akka.actor.throughput"));
        Assert.Equal(30, Sample.GetLong("akka.actor.throughput"));
        Assert.Equal(0.5, Sample.GetDouble("akka.actor.ratio"));
        Assert.True(Sample.GetBoolean("akka.actor.debug"));
        Assert.Equal(65536, Sample.GetByteSize("akka.actor.buffer"));
        Assert.Equal(["one", "two"], Sample.GetStringList("akka.actor.loggers"));
        Assert.Equal(["two", "ten"], Sample.GetStringList("akka.actor.numbered"));
    }

    [Fact]
    public void Null_and_absence_are_no_path_and_no_text()
    {
        Assert.True(Sample.HasPath("akka.actor"));
        Assert.False(Sample.HasPath("akka.actor.nothing"));
        Assert.False(Sample.HasPath("akka.missing.deep"));
        Assert.Null(Sample.GetString("akka.actor.nothing"));
        Assert.Null(Sample.GetString("akka.missing"));
        Assert.False(Sample.GetObject("akka.missing").HasPath("akka"));
    }

    [Theory]
    [InlineData("akka.actor.missing", "1:1: akka.actor.missing: expected a whole number of 32 bits, came nothing")]
    [InlineData("akka.actor.ratio", "3:28: akka.actor.ratio: expected a whole number of 32 bits, came \"0.5\"")]
    [InlineData("akka.actor.loggers", "5:13: akka.actor.loggers: expected a whole number of 32 bits, came an array")]
    public void A_bad_value_is_refused_with_its_place(string path, string message)
    {
        var refusal = Assert.Throws<HoconException>(() => Sample.GetInt(path));

        Assert.Equal("<text>:" + message, refusal.Message);
    }

    [Fact]
    public void A_fallback_fills_gaps_at_every_depth_and_never_wins()
    {
        var fallback = HoconRoot.Parse("akka { actor { throughput = 5, extra = 1, nothing = 2 }, loglevel = INFO }");

        var merged = Sample.WithFallback(fallback);

        Assert.Equal(30, merged.GetInt("akka.actor.throughput"));
        Assert.Equal(1, merged.GetInt("akka.actor.extra"));
        Assert.Equal("INFO", merged.GetString("akka.loglevel"));
        Assert.False(merged.HasPath("akka.actor.nothing"));
    }

    [Theory]
    [InlineData("a = 2147483648")]
    [InlineData("a = 1.5")]
    [InlineData("a = one")]
    [InlineData("a = null")]
    [InlineData("a = []")]
    [InlineData("a = {}")]
    [InlineData("")]
    public void What_does_not_fit_the_type_is_refused(string hocon)
    {
        var root = HoconRoot.Parse(hocon);

        Assert.Throws<HoconException>(() => root.GetInt("a"));
        Assert.Throws<HoconException>(() => root.GetBoolean("a"));
        Assert.Throws<HoconException>(() => root.GetObject("a").GetDouble("b"));
    }

    [Theory]
    [InlineData("[a, null]")]
    [InlineData("[[a]]")]
    [InlineData("{ x = 1 }")]
    [InlineData("text")]
    public void What_is_no_list_of_texts_is_refused(string value) =>
        Assert.Throws<HoconException>(() => HoconRoot.Parse("a=" + value).GetStringList("a"));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a=")]
    [InlineData("a,b")]
    public void A_malformed_path_is_refused(string path) =>
        Assert.Throws<HoconException>(() => Sample.Find(path));

    [Fact]
    public void A_quoted_key_in_a_path_may_hold_dots() =>
        Assert.Equal("1", HoconRoot.Parse("a.\"b.c\" = 1").GetString("a.\"b.c\""));

    [Fact]
    public void The_machines_environment_takes_any_name() =>
        Assert.False(HoconRoot.Parse("a=${?\"\\u0000=\"}, b=${?\"\"}, c=${?\"=\"}").HasPath("a"));

    [Fact]
    public void An_object_is_a_root_of_its_own()
    {
        var actor = Sample.GetObject("akka.actor");

        Assert.Equal(30, actor.GetInt("throughput"));
        Assert.Throws<HoconException>(() => Sample.GetObject("akka.actor.loggers"));
    }
}
