using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon.Tests;

public sealed class FlattenerTests
{
    private const string TooClose = "expected keys that differ in more than case and hyphens, came";

    [Theory]
    [InlineData("a { b { c = 1 } }", "a:b:c=1")]
    [InlineData("a = [x, {y=1}, [z]]", "a:0=x|a:1:y=1|a:2:0=z")]
    [InlineData("a = null, b {}, c = []", "a=(null)|b=(null)|c=")]
    [InlineData("a = [null, {}, []]", "a:0=(null)|a:1=(null)|a:2=")]
    [InlineData("a = true, b = false, c = \"true\"", "a=True|b=False|c=true")]
    [InlineData("a=on,b=off,c=yes,d=no", "a=True|b=False|c=True|d=False")]
    [InlineData("a=\"on\",b=OFF,c=on fire,d=\"\"on", "a=on|b=OFF|c=on fire|d=on")]
    [InlineData("n = 1e5, s = 1.50", "n=1e5|s=1.50")]
    [InlineData("l.1=b, l.0=a", "l:1=b|l:0=a")]
    [InlineData("max-message-size = 1, \"x-y\" = 2", "maxmessagesize=1|x-y=2")]
    public void A_tree_becomes_flat_keys(string hocon, string flat) => Assert.Equal(flat, Flatten(hocon));

    [Theory]
    [InlineData("a=1\n\"b:c\"=2", "<text>:2:1: expected a key without a colon, came \"b:c\"")]
    [InlineData("a=1\n A=2", "<text>:2:2: " + TooClose + " A beside a")]
    [InlineData("o { a-b=1\nab=2 }", "<text>:2:1: " + TooClose + " ab beside a-b")]
    public void Keys_that_flat_configuration_cannot_tell_apart_are_refused(string hocon, string message)
    {
        var fault = Assert.Throws<HoconException>(() => Flatten(hocon));

        Assert.Equal(message, fault.Message);
    }

    [Theory]
    [InlineData("k { a-B.\"c.d\" = on }, x=1", "k={\"a-B\":{\"c.d\":\"on\"}}|x=1")]
    [InlineData("K.\"a:b\" = [{}, [], null, \"null\"], k2 { k=1 }", "K={\"a:b\":[{},[],null,\"null\"]}|k2:k=1")]
    [InlineData("k { a=1, A=2 }, k { a=${k.A} }", "k={\"a\":\"2\",\"A\":\"2\"}")]
    [InlineData("k = null", "k=(null)")]
    public void One_object_may_be_kept_as_JSON(string hocon, string flat) => Assert.Equal(flat, Flatten(hocon, "k"));

    [Theory]
    [InlineData("x=1\nk = 5", "<text>:2:5: k: expected an object, came \"5\"")]
    [InlineData("k = [1]", "<text>:1:5: k: expected an object, came an array")]
    public void What_is_kept_as_JSON_must_be_an_object(string hocon, string message)
    {
        var fault = Assert.Throws<HoconException>(() => Flatten(hocon, "k"));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void Where_a_value_stands_is_found_unless_another_source_has_set_it()
    {
        var configuration = new ConfigurationBuilder()
            .AddHoconString("a { b-c = 1\n  d = 2 }")
            .AddInMemoryCollection([KeyValuePair.Create("a:d", (string?)"3")])
            .Build();

        Assert.Equal(new HoconPosition("<text>", 1, 11), configuration.FindPosition("A:bc"));
        Assert.Null(configuration.FindPosition("a:d"));
        Assert.Null(configuration.FindPosition("a:e"));
    }

    private static string Flatten(string hocon, string? keptAsJson = null)
    {
        var flat = HoconFlattener.Flatten(HoconObject.Parse(hocon, TestWorld.Nothing), keptAsJson);
        return string.Join('|', flat.Data.Select(pair => $"{pair.Key}={pair.Value ?? "(null)"}"));
    }
}
