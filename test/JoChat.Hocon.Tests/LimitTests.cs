using System.Text;

namespace JoChat.Hocon.Tests;

/// <summary>A hostile text costs a bounded amount of memory, time and stack, and is refused.</summary>
public sealed class LimitTests
{
    private const int SmallStackBytes = 512 * 1024;

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{b=", "}")]
    [InlineData("{b=[", "]}")]
    public void Nesting_is_bounded(string open, string close)
    {
        var perRound = open.Count(c => c is '{' or '[');
        var fits = "a=" + Repeat(open, 128 / perRound) + "1" + Repeat(close, 128 / perRound);

        InSmallStack(() => Parse(fits));
        InSmallStack(() => AssertRefused("a=" + Repeat(open, 129), "128 levels"));
        InSmallStack(() => AssertRefused("a=" + Repeat(open, 1_000_000), "128 levels"));
    }

    [Fact]
    public void Paths_nest_too()
    {
        InSmallStack(() => Parse(Repeat("a.", 128) + "a=1"));
        InSmallStack(() => AssertRefused(Repeat("a.", 129) + "a=1", "128 levels"));
        InSmallStack(() => AssertRefused(Repeat("a.", 100_000) + "a=1", "128 levels"));
    }

    [Fact]
    public void Nesting_counts_through_includes()
    {
        var files = TestWorld.Nothing with
        {
            ReadInclude = path => path.EndsWith("json", StringComparison.Ordinal)
                ? null
                : $"b={{b={{b={{include \"{path[..^5]}x\"}}}}}}",
        };

        InSmallStack(() => AssertRefused("include \"f\"", "128 levels", files));
    }

    [Fact]
    public void A_chain_of_includes_is_bounded()
    {
        var files = TestWorld.Nothing with
        {
            ReadInclude = path => path.EndsWith("json", StringComparison.Ordinal) ? null : $"include \"{path[..^5]}x\"",
        };

        InSmallStack(() => AssertRefused("include \"f\"", "50 includes", files));
    }

    [Fact]
    public void A_tree_of_includes_is_bounded()
    {
        var files = TestWorld.Nothing with
        {
            ReadInclude = path => path.Length < 80 ? $"include \"{path}0.conf\",include \"{path}1.conf\"" : "",
        };

        AssertRefused("include \"f.conf\"", "1000 in all", files);
    }

    [Theory, Trait("Speed", "Slow")]
    [InlineData("laugh", "@@")] // @ is the value before
    [InlineData("[ha]", "@@")]
    [InlineData("[ha]", "[@,@]")]
    [InlineData("{x=1}", "{l=@,r=@}")]
    [InlineData("{x={y=1}}", "{x=@,y=@} {y=@}")]
    public void A_billion_laughs_are_refused(string first, string doubling)
    {
        var lines = Enumerable.Range(1, 60)
            .Select(i => $"a{i}={doubling.Replace("@", $"${{a{i - 1}}}", StringComparison.Ordinal)}");

        InSmallStack(() => AssertRefused(string.Join('\n', lines.Prepend($"a0={first}")), "expected at most"));
    }

    [Fact]
    public void Adding_to_an_object_again_and_again_stays_cheap()
    {
        var lines = Enumerable.Range(0, 100).Select(i => $"a=${{?a}}{{k{i}={i},common={i}}}");

        var flat = HoconFlattener.Flatten(Parse(string.Join('\n', lines)));

        Assert.Equal("99", flat.Data["a:common"]);
        Assert.Equal("0", flat.Data["a:k0"]);
    }

    [Fact]
    public void A_chain_of_references_is_bounded()
    {
        string Chain(int length) => string.Concat(Enumerable.Range(0, length).Select(i => $"a{i}=${{a{i + 1}}}\n"));

        InSmallStack(() => Parse(Chain(200) + "a200=1"));
        InSmallStack(() => AssertRefused(Chain(10_000) + "a10000=1", "lead into each other"));
    }

    [Theory]
    [InlineData("a+=1\n")]
    [InlineData("a=${?a}x\n")]
    [InlineData("a={b=${?c}}\n")]
    public void A_stack_of_values_is_bounded(string line)
    {
        InSmallStack(() => Parse(Repeat(line, 200)));
        InSmallStack(() => AssertRefused(Repeat(line, 10_000), "lead into each other"));
    }

    [Fact]
    public void A_value_that_grows_inside_itself_is_refused() =>
        InSmallStack(() => AssertRefused("a={b=${?a}{x=1}},z=${a.b.b}", ""));

    [Fact]
    public void Long_keys_over_many_leaves_are_refused_when_flattened()
    {
        var text = Repeat("k", 100_000) + "=[" + Repeat("1,", 1000) + "]";

        Assert.Throws<HoconException>(() => HoconFlattener.Flatten(Parse(text)));
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static HoconObject Parse(string hocon) => HoconObject.Parse(hocon, TestWorld.Nothing);

    private static void AssertRefused(string hocon, string said, HoconOptions? options = null)
    {
        var refusal = Assert.Throws<HoconException>(() => HoconObject.Parse(hocon, options ?? TestWorld.Nothing));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    // A third of what a pool thread has: a stack overflow would end the test process.
    private static void InSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStackBytes);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
