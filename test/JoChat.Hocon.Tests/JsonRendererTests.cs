using Akka.Configuration.Hocon;
using FsCheck;
using FsCheck.Fluent;
using AkkaParser = Akka.Configuration.Hocon.Parser;

namespace JoChat.Hocon.Tests;

/// <summary>What is rendered is read back as the same tree, by this parser and by Akka.NET's.</summary>
public sealed class JsonRendererTests
{
    private const int Cases = 3000;

    private static readonly HoconPosition Anywhere = new("test", 1, 1);

    private static readonly string[] NastyTexts =
    [
        "", " ", " x ", "null", "\"", "\\", "\\\"", "\"\"\"", "\n", "\r\n", "\t",
        "\0", "\u007f", "\u0085", "\u2028", "\uFEFF", "é",
        "😀", "\uD800", "\uDC00x", "${x}", "${?x}", "include \"x\"", "include", "+=", "a.b", ".", "a b", "{", "}", "[", "]", ",",
        "#", "//", "x // y", "=", ":", "10 s", "1e5", "on", "System.Object, a", "/chat/*", "\\u0041",
    ];

    private static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(NastyTexts),
        Gen.Elements(NastyTexts).ArrayOf(3).Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null));

    [Fact, Trait("Speed", "Slow")]
    public void A_random_tree_is_read_back_by_this_parser()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(40).WithReplay(2026, 11);

        Prop.ForAll(Objects().ToArbitrary(), tree =>
            JsonRenderer.Render(HoconObject.Parse(JsonRenderer.Render(tree), TestWorld.Nothing))
                == JsonRenderer.Render(tree)).Check(config);
    }

    [Fact, Trait("Speed", "Slow")]
    public void A_random_tree_is_read_back_by_Akka()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(40).WithReplay(2026, 11);

        Prop.ForAll(Objects().ToArbitrary(), tree => IsSame(tree, ReadByAkka(tree))).Check(config);
    }

    [Fact]
    public void A_deep_tree_is_read_back_by_Akka()
    {
        HoconNode tree = Text("leaf");
        for (var i = 0; i < 60; i++) { tree = Object(("a.b", new HoconArray([tree, Text("beside")], Anywhere))); }

        Assert.True(IsSame(tree, ReadByAkka(tree)));
    }

    [Fact]
    public void A_text_that_is_repeated_without_end_is_refused()
    {
        var text = $"t={new string('x', 1000)}, a=[{string.Join(',', Enumerable.Repeat("${t}", 1001))}]";

        var refusal = Assert.Throws<HoconException>(() => JsonRenderer.Render(HoconObject.Parse(text)));

        Assert.EndsWith("expected at most 1000000 characters, came more", refusal.Message, StringComparison.Ordinal);
    }

    private static HoconValue ReadByAkka(HoconNode tree) =>
        AkkaParser.Parse(JsonRenderer.Render(tree), _ => null).Value;

    // Looks at the elements themselves: Akka's getters trim a text and take "null" for null.
    private static bool IsSame(HoconNode expected, HoconValue actual) => (expected, actual.Values.Single()) switch
    {
        (HoconScalar { Kind: HoconScalarKind.Null }, HoconLiteral) => actual.GetString() is null,
        (HoconScalar scalar, HoconLiteral literal) => scalar.Text == literal.Value,
        (HoconArray array, Akka.Configuration.Hocon.HoconArray items) =>
            array.Items.Count == items.Count && array.Items.Zip(items).All(pair => IsSame(pair.First, pair.Second)),
        (HoconObject parent, Akka.Configuration.Hocon.HoconObject fields) =>
            parent.Fields.Count == fields.Items.Count
            && parent.Fields.All(field => IsSame(field.Value, fields.Items[field.Key])),
        _ => false,
    };

    private static Gen<HoconNode> Objects() => Gen.Sized(size => ObjectOf(size).Select(tree => (HoconNode)tree));

    private static Gen<HoconNode> Nodes(int size) => size == 0
        ? Scalars()
        : Gen.OneOf(
            Scalars(),
            Nodes(size / 3).ListOf().Resize(4).Select(items => (HoconNode)new HoconArray([.. items], Anywhere)),
            ObjectOf(size / 3).Select(tree => (HoconNode)tree));

    private static Gen<HoconObject> ObjectOf(int size) =>
        from keys in Texts.ListOf().Resize(5)
        let distinct = keys.Distinct(StringComparer.Ordinal).ToArray()
        from values in Nodes(size).ArrayOf(distinct.Length)
        select Object([.. distinct.Zip(values)]);

    private static Gen<HoconNode> Scalars() => Gen.OneOf(
        Texts.Select(Text),
        Gen.Constant((HoconNode)new HoconScalar("null", HoconScalarKind.Null, Anywhere)));

    private static HoconNode Text(string text) => new HoconScalar(text, HoconScalarKind.Text, Anywhere);

    private static HoconObject Object(params (string Key, HoconNode Value)[] fields) =>
        new([.. fields.Select(field => new HoconField(field.Key, true, Anywhere, field.Value))], Anywhere);
}
