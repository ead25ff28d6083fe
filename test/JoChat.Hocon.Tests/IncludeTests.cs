namespace JoChat.Hocon.Tests;

public sealed class IncludeTests
{
    [Theory]
    [InlineData("include \"f\"")]
    [InlineData("include\"f\"")]
    [InlineData("include file(\"f.conf\")")]
    [InlineData("include required(\"f\")")]
    [InlineData("include required( file( \"f\" ) )")]
    [InlineData("{ include \"./f\" }")]
    public void Every_form_of_include_brings_the_fields_of_the_file(string hocon) =>
        Assert.Equal("{'x':'1'}", Json.Of(hocon, TestWorld.WithFiles(("f.conf", "x=1"))));

    [Theory]
    [InlineData("x=0,include \"f\"", "{'x':'1','o':{'y':'1'}}")]
    [InlineData("include \"f\",x=2", "{'x':'2','o':{'y':'1'}}")]
    [InlineData("include \"f\"\no.z=2", "{'x':'1','o':{'y':'1','z':'2'}}")]
    [InlineData("a=[{include \"f\"}]", "{'a':[{'x':'1','o':{'y':'1'}}]}")]
    [InlineData("x=0,include \"missing\"", "{'x':'0'}")]
    public void Included_fields_stand_where_the_include_stands(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon, TestWorld.WithFiles(("f.conf", "{x=1,o={y=1}}"))));

    [Theory]
    [InlineData("a { include \"f\" }", "{'a':{'y':'1','x':'1'}}")] // relative to the place of inclusion
    [InlineData("x=2, a { include \"f\" }", "{'x':'2','a':{'y':'1','x':'1'}}")]
    [InlineData("a { include \"f\", x=3 }", "{'a':{'y':'3','x':'3'}}")] // overriding reaches into the file
    [InlineData("z=5, a { include \"g\" }", "{'z':'5','a':{'y':'5'}}")] // as written, where that fails
    [InlineData("z=5, a { include \"h\", z=6 }", "{'z':'5','a':{'b':{'y':'6'},'z':'6'}}")] // h includes g in b
    public void A_reference_in_an_included_file_is_tried_from_the_inclusion_outwards(string hocon, string json)
    {
        var files = TestWorld.WithFiles(
            ("f.conf", "y=${x},x=1"), ("g.conf", "y=${z}"), ("h.conf", "b { include \"g\" }"));

        Assert.Equal(json, Json.Of(hocon, files));
    }

    [Fact]
    public void Appending_in_an_included_file_means_the_field_at_the_place_of_inclusion()
    {
        var files = TestWorld.WithFiles(("f.conf", "l+=1"));

        Assert.Equal("{'l':['0'],'a':{'l':['1']}}", Json.Of("l=[0], a { include \"f\" }", files));
    }

    [Fact]
    public void A_path_is_relative_to_the_including_file()
    {
        var files = TestWorld.WithFiles(
            ("etc/sub/one.conf", "include \"two\", include \"../three\""),
            ("etc/sub/two.conf", "two=2"),
            ("etc/three.conf", "three=3"));

        var json = Json.Of("include \"sub/one\"", files with { SourceName = "etc/main.conf" });

        Assert.Equal("{'two':'2','three':'3'}", json);
    }

    [Fact]
    public void Without_extension_conf_lies_over_json()
    {
        var files = TestWorld.WithFiles(("f.json", "{\"a\":1,\"b\":1}"), ("f.conf", "b=2"));

        Assert.Equal("{'a':'1','b':'2'}", Json.Of("include \"f\"", files));
        Assert.Equal("{'a':'1','b':'1'}", Json.Of("include \"f.json\"", files));
    }

    [Theory]
    [InlineData("include \"a\"", "cycle")]
    [InlineData("include \"needs\"", "required")]
    [InlineData("include \"list\"", "an object or fields")]
    [InlineData("include \"open\"", "the end of the text")]
    public void A_bad_included_file_is_refused(string hocon, string said)
    {
        var files = TestWorld.WithFiles(
            ("a.conf", "include \"b\""), ("b.conf", "x { include \"a.conf\" }"),
            ("needs.conf", "include required(\"missing\")"), ("list.json", "[1]"), ("open.conf", "a{"));

        var fault = Assert.Throws<HoconException>(() => Json.Of(hocon, files));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_before_an_included_file_is_whitespace() =>
        Assert.Equal("{'x':'1'}", Json.Of("include \"f\"", TestWorld.WithFiles(("f.conf", "\uFEFFx=1"))));
}
