using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace JoChat.Hocon.Tests;

/// <summary>Whatever the text, the answer is a tree or a <see cref="HoconException"/>. JOCHAT_FUZZ_CASES sets how many
/// texts are tried; the cases of the default run are always the same.</summary>
[Trait("Speed", "Slow")]
public sealed class FuzzTests
{
    private const int DefaultCases = 20_000;
    private const int LongestTangle = 12;

    private static readonly string[] Fragments =
    [
        "a", "b", "a.b", "\"\"", "\"c d\"", "1", "1e+5", "true", "null", "on", "{", "}", "[", "]", ",", "\n", " ", "=",
        ":", "+=", "${a}", "${?a}", "${a.b}", "${?b}", "${", "}", "\"", "\"\"\"", "\\", "\\u00e9", "#", "//", ".", "-",
        "include", "include \"f\"", "include required(\"g\")", "(", ")", "\uFEFF", "\0", "\uD800", "@", "é", "a=${a}",
        "a={b=${a}}", "a=${b}\nb=${a}", "a={b=1}", "a=[1]", "\r\n", "\t", "b=${a}{b=${?b}}",
    ];

    private static readonly string[] Keys = ["a", "b", "c", "a.b", "a.b.c", "b.a", "c.c"];

    private static readonly string[] Values =
    [
        "=1", "=null", "=[]", "=[1]", "={}", "{b=1}", "{b={c=1}}", "=${?a}", "=${?b}", "=${a}", "=${b.a}", "=${?a.b}x",
        "=${?b}[${?a.b}]", "=${?a}{b=${?c}}", "={b=${?a.b},c=${?b.a}}", "={b=${?a}}", "=[${?c}]", "+=${?a}",
        "+=${?b.c}", "{include \"f\"}", "=${?c}${?b}", "=${?a}{c=1}${?b}",
    ];

    private static readonly HoconOptions World = TestWorld.WithFiles(
        ("f.conf", "a=${?b}, b { include \"g\" }"), ("g.conf", "a += ${?a.b}"));

    private static int Cases => int.TryParse(
        Environment.GetEnvironmentVariable("JOCHAT_FUZZ_CASES"), CultureInfo.InvariantCulture, out var cases)
        ? cases
        : DefaultCases;

    [Fact]
    public void Random_texts_are_read_or_refused()
    {
        var texts = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null);
        var pieces = Gen.Elements(Fragments).ArrayOf().Select(string.Concat);

        Check(Gen.OneOf(texts, pieces, pieces, pieces));
    }

    [Fact]
    public void Random_tangles_of_references_are_resolved_or_refused()
    {
        var line =
            from key in Gen.Elements(Keys)
            from value in Gen.Elements(Values)
            select key + value;

        Check(line.ArrayOf().Resize(LongestTangle).Select(lines => string.Join('\n', lines)));
    }

    [Fact]
    public void Mutated_texts_are_read_or_refused()
    {
        var samples = SpecificationTests.Accepted.Select(row => (string)row[0]).ToArray();
        var mutated =
            from text in Gen.Elements(samples)
            from other in Gen.Elements(samples)
            from fragment in Gen.Elements(Fragments)
            from at in Gen.Choose(0, text.Length)
            from length in Gen.Choose(0, text.Length - at)
            select text[..at] + fragment + text[(at + length)..] + "\n" + other;

        Check(mutated);
    }

    // Each of the three properties gets its share.
    private static void Check(Gen<string> texts)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(1 + (Cases / 3)).WithEndSize(60).WithReplay(2026, 11);

        Prop.ForAll(texts.ToArbitrary(), IsReadOrRefused).Check(config);
    }

    private static bool IsReadOrRefused(string text)
    {
        try
        {
            var root = HoconObject.Parse(text, World);
            HoconFlattener.Flatten(root);
        }
        catch (HoconException refusal)
        {
            return refusal.Position is { Line: > 0, Column: > 0 };
        }
        return true;
    }
}
