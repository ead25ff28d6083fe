namespace JoChat.Hocon.Tests;

public sealed class EnvironmentTests
{
    private static readonly HoconOptions World = TestWorld.WithEnvironment(("PORT", "80"), ("EMPTY", ""), ("a", "env"));

    [Theory]
    [InlineData("p=${PORT}", "{'p':'80'}")]
    [InlineData("p=1,p=${?PORT}", "{'p':'80'}")]
    [InlineData("p=1,p=${?port}", "{'p':'1'}")] // case-sensitive
    [InlineData("PORT=81,p=${PORT}", "{'PORT':'81','p':'81'}")] // the text wins
    [InlineData("PORT=null,p=${?PORT}", "{'PORT':null,'p':null}")] // and so does its null
    [InlineData("PORT=${PORT}", "{'PORT':'80'}")]
    [InlineData("p=1,p=${?EMPTY}", "{'p':''}")] // empty counts as set
    [InlineData("a+=1", "{'a':['1']}")] // += means the field, never a variable of its name
    public void The_environment_answers_what_the_text_does_not(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon, World));

    [Fact]
    public void A_variable_is_text_whatever_it_looks_like()
    {
        var world = TestWorld.WithEnvironment(("V", "on"));

        var node = Assert.IsType<HoconScalar>(HoconObject.Parse("a=${V}", world).Find("a"));

        Assert.Equal(HoconScalarKind.Text, node.Kind);
    }

    [Fact]
    public void The_machines_environment_takes_any_name() =>
        Assert.Null(HoconObject.Parse("a=${?\"\\u0000=\"}, b=${?\"\"}, c=${?\"=\"}").Find("a"));
}
