namespace JoChat.Hocon.Tests;

public sealed class PositionTests
{
    private const string Unset = "it is not set here or in the environment, or it needs its own value first";
    private const string Relative = "expected a relative path that stays in the configuration's folder";
    private const string OtherForms =
        "file(\"...\") or required(\"...\") after include (url and classpath are not supported)";
    private const string Escapes = "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX";
    private const string Reserved = "expected a key or a value, came the reserved character";

    [Theory]
    [InlineData("a=1\nb=2}", "<text>:2:4: expected a comma, a newline or the end of the text, came }")]
    [InlineData("a {\n  b = [1,,2]\n}", "<text>:2:10: expected a value, came ,")]
    [InlineData("a=", "<text>:1:3: expected a value, came the end of the text")]
    [InlineData("a=1\n\n  b 2\n", "<text>:3:6: expected one of = : += { after the key, came the end of the line")]
    [InlineData("a=1\n\t= 2", "<text>:2:2: expected a key, came =")]
    [InlineData("a..b=1", "<text>:1:3: expected a key between the dots, came nothing (an empty key is \"\")")]
    [InlineData("a.b.=1", "<text>:1:5: expected a key between the dots, came nothing (an empty key is \"\")")]
    [InlineData("a = x@y", "<text>:1:6: " + Reserved + " @ (write it in quotes)")]
    [InlineData("\uFEFFa = \"x\ny\"", "<text>:1:5: expected a closing quote, came the end of the line")]
    [InlineData("a = \"\"\"x\n\ny", "<text>:1:5: expected a closing \"\"\", came the end of the text")]
    [InlineData("a=\"\"\"\n\n\"\"\" ]", "<text>:3:5: expected a comma, a newline or the end of the text, came ]")]
    [InlineData("a = \"ab\\qc\"", "<text>:1:8: expected one of " + Escapes + ", came another escape")]
    [InlineData("# c\na=1 # d\n{", "<text>:3:1: expected a key, came {")]
    [InlineData("\r\n a=${ ?x}", "<text>:2:7: " + Reserved + " ? (write it in quotes)")]
    [InlineData("b=1\na = x${NO}", "<text>:2:6: expected a value for ${NO}, came none: " + Unset)]
    [InlineData("b=[1]\na = x ${b}", "<text>:2:5: expected parts of one kind, came a text beside an array")]
    [InlineData("a=1\ninclude {", "<text>:2:9: expected a file name in quotes, came {")]
    [InlineData("a=1\ninclude url(\"f\")", "<text>:2:9: expected a file name in quotes, " + OtherForms + ", came url(")]
    [InlineData("a=1\ninclude required(\"f\")", "<text>:2:18: expected the required file \"f\", came none")]
    [InlineData("a {\n include \"../f\"\n}", "<text>:2:10: " + Relative + ", came \"../f\"")]
    public void A_fault_is_told_with_its_line_and_column(string hocon, string message)
    {
        var fault = Assert.Throws<HoconException>(() => Json.Of(hocon));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void A_fault_in_an_included_file_is_told_with_that_file()
    {
        var files = TestWorld.WithFiles(("conf/db.conf", "pool {\n  size = ]\n}"));
        var main = files with { SourceName = "conf/main.conf" };

        var fault = Assert.Throws<HoconException>(() => Json.Of("include \"db\"", main));

        Assert.Equal(new HoconPosition("conf/db.conf", 2, 10), fault.Position);
    }

    [Fact]
    public void A_merged_value_is_where_it_was_last_written()
    {
        var root = HoconObject.Parse("a=1\na=2\n  o.x=1", TestWorld.Nothing);

        Assert.Equal(new HoconPosition("<text>", 2, 3), root.Find("a")!.Position);
        Assert.Equal(new HoconPosition("<text>", 3, 7), Assert.IsType<HoconObject>(root.Find("o")).Find("x")!.Position);
    }
}
