using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The layers of settings, and what is told of one that cannot be used.</summary>
public sealed class ActorSystemStartTests
{
    [Fact]
    public async Task Each_layer_wins_over_those_below()
    {
        var system = ActorSystemStart.Start(new ChatOptions
        {
            ActorConfiguration = "akka { loglevel = INFO, actor.default-dispatcher.throughput = 7 }",
            AkkaOverrides = """
                {"akka":{"loglevel":"ERROR","actor":{"deployment":{
                "/chat/reader":{"dispatcher":"akka.actor.default-dispatcher"}}}}}
                """,
        }, TimeProvider.System, NullLogger.Instance);
        var config = system.Settings.Config;
        await system.Terminate();

        Assert.Equal("ERROR", config.GetString("akka.loglevel"));
        Assert.Equal(7, config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal("akka.actor.default-dispatcher",
            config.GetString("akka.actor.deployment.\"/chat/reader\".dispatcher"));
        Assert.Equal("jochat.persistence-dispatcher",
            config.GetString("akka.actor.deployment.\"/chat/persistence\".dispatcher"));
        Assert.Equal("OFF", config.GetString("akka.stdout-loglevel"));
        Assert.Equal("00:00:20", config.GetTimeSpan("akka.actor.creation-timeout").ToString());
    }

    [Theory]
    [InlineData("""{"actor":"5"}""", "akka.actor must be an object")]
    [InlineData("""{"actor":{"deployment":[]}}""", "akka.actor.deployment must be an object")]
    [InlineData("""{"actor":{"default-dispatcher":{"throughput":"many"}}}""", "FormatException: *'many'*")]
    [InlineData("""{"actor":{"provider":"Non\u0000\nsense"}}""", "'akka.actor.provider' is not *'Non  sense'")]
    [InlineData("""{"actor":{"default-dispatcher":{"type":"Nonsense"}}}""", "*dispatcher type Nonsense*")]
    [InlineData("""{"actor":{"default-mailbox":{"mailbox-type":"Nonsense"}}}""", "*mailbox-type [Nonsense]*")]
    [InlineData("""{"actor":{"guardian-supervisor-strategy":"Nonsense"}}""", "*type Nonsense")]
    [InlineData("""{"actor":{"deployment":{"/chat/reader":{"dispatcher":"nonsense"}}}}""", "Dispatcher nonsense not *")]
    [InlineData("""{"actor":{"deployment":{"/chat/*":{"mailbox":"nonsense"}}}}""", "Mailbox Type [nonsense] not *")]
    [InlineData("""{"scheduler":{"implementation":"Nonsense"}}""", "TypeLoadException: *'Nonsense'*")]
    [InlineData("""{"scheduler":{"implementation":"System.String"}}""", "MissingMethodException: *")]
    [InlineData("""{"loglevel":"LOUD"}""", "ArgumentException: *\"LOUD\"*")]
    [InlineData("""{"loggers":["Nonsense"]}""", "*\"Nonsense\"*")]
    public void A_setting_that_cannot_be_used_is_told_on_one_line(string akka, string reason)
    {
        var options = new ChatOptions { AkkaOverrides = $$"""{"akka":{{akka}}}""" };

        var fault = Assert.Throws<ActorConfigurationException>(
            () => ActorSystemStart.Start(options, TimeProvider.System, NullLogger.Instance));

        var pattern = Regex.Escape(reason).Replace(@"\*", ".*", StringComparison.Ordinal);
        Assert.Matches($"^akka: Akka.NET does not start with these settings: {pattern}$", fault.Message);
    }

    [Fact]
    public async Task A_dispatcher_may_be_the_name_of_another()
    {
        var system = ActorSystemStart.Start(new ChatOptions
        {
            AkkaOverrides = """{"akka":{"actor":{"internal-dispatcher":"akka.actor.default-dispatcher"}}}""",
        }, TimeProvider.System, NullLogger.Instance);

        await system.Terminate();
    }
}
