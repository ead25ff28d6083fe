namespace JoChat.ActorEngine.Tests;

/// <summary>What is missing or wrong: Akka.NET's parser and settings have other answers.</summary>
public sealed class ConfigDetailTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("a { text = hello }");

    [Fact]
    public void Nothing_is_returned_where_nothing_is_set()
    {
        Assert.Empty(Sample.GetStringList("b"));
        Assert.Null(Sample.GetByteSize("b"));
        Assert.Null(Sample.GetConfig("b"));
        Assert.Same(Sample, Sample.WithFallback(null));
    }

    [Fact]
    public void Bad_text_and_bad_values_are_configuration_errors()
    {
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a {"));
        Assert.Throws<ConfigurationException>(() => Sample.GetInt("a.text"));
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create("bad", "akka.loglevel = LOUD"));
    }

    [Fact]
    public void Resource_that_is_not_there_is_a_configuration_error() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<ConfigTests>("missing.conf"));

    [Fact]
    public void Infinite_time_is_an_error_where_it_is_not_allowed() =>
        Assert.Throws<ConfigurationException>(
            () => ConfigurationFactory.ParseString("a = infinite").GetTimeSpan("a", null, allowInfinite: false));

    [Fact]
    public void Settings_can_be_a_file_of_the_current_folder()
    {
        Assert.True(ConfigurationFactory.Load().IsEmpty);
        File.WriteAllText("app.conf", "a = 7");
        try
        {
            Assert.Equal(7, ConfigurationFactory.Load().GetInt("a"));
        }
        finally
        {
            File.Delete("app.conf");
        }
    }
}
