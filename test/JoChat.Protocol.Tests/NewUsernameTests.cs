using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>Which names can be signed up.</summary>
public sealed class NewUsernameTests
{
    private const string Mixed = "Username must be in one script, not in a mixture.";
    private const string Reserved = "Username must not look like a reserved one.";
    private const string Command = "Username must not begin with /, @ or #.";
    private const string Marks = "Username must not have more than 3 combining marks in a row.";

    [Theory]
    [InlineData("alice")]
    [InlineData("user1")]
    [InlineData("test_user")]
    [InlineData("Ada_L.")]
    [InlineData("zoé")]
    [InlineData("ali")]
    [InlineData("ALI")]
    [InlineData("Ali")]
    [InlineData("ALINA")]
    [InlineData("wall")]
    [InlineData("adminton")]
    [InlineData("ada@home")]
    [InlineData("№1")]
    [InlineData("😀")]
    [InlineData("😀ada")]
    [InlineData("100%")]
    [InlineData("алиса")]
    [InlineData("алиса_7")]
    [InlineData("Αλίκη")]
    [InlineData("日本")]
    [InlineData("ノリコ")] // its first letter looks like a slash
    [InlineData("東京タワーのada")] // as Japanese is written
    [InlineData("한국漢字abc")]
    [InlineData("ㄅㄆ漢字abc")]
    [InlineData("Nguyễn")]
    [InlineData("สวัสดี")]
    [InlineData("नमस्ते")]
    [InlineData("x\u0301\u0302\u0303")]
    [InlineData("ᾧ")] // three marks in one letter
    public void An_honest_name_is_taken(string text) => Assert.Null(FaultOf(text));

    [Theory]
    [InlineData("adа")] // the last letter is Cyrillic
    [InlineData("аda")]
    [InlineData("раypal")]
    [InlineData("αda")]
    [InlineData("aԁa")] // a Cyrillic letter that no font tells from d
    [InlineData("Ꭺda")] // Cherokee
    [InlineData("日本ж")]
    [InlineData("한국かな")]
    [InlineData("ㄅか")]
    [InlineData("αж")]
    [InlineData("aا")]
    public void Scripts_that_are_not_written_together_are_refused(string text) => AssertRefused(text, Mixed);

    [Theory]
    [InlineData("admin")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("aDMin")]
    [InlineData("adrnin")] // rn looks like m
    [InlineData("ADM1N")]
    [InlineData("adm1n")]
    [InlineData("0FF1C1AL")]
    [InlineData("off1cia1")]
    [InlineData("ADMlN")]
    [InlineData("admіn")] // a Cyrillic і: also a mixture
    [InlineData("ａｄｍｉｎ")]
    [InlineData("𝐚𝐝𝐦𝐢𝐧")]
    [InlineData("ⓐⓓⓜⓘⓝ")]
    [InlineData("r00t")]
    [InlineData("ro0t")]
    [InlineData("RO0T")]
    [InlineData("nu1l")]
    [InlineData("nuII")]
    [InlineData("a|l")]
    [InlineData("AII")]
    [InlineData("JoChat")]
    [InlineData("j0chat")]
    [InlineData("System")]
    [InlineData("everyone")]
    [InlineData("nobody")]
    public void A_name_that_looks_like_a_reserved_one_is_refused(string text) =>
        Assert.Contains(FaultOf(text), (string?[])[Reserved, text is "admіn" ? Mixed : Reserved]);

    [Theory]
    [InlineData("/quit")]
    [InlineData("@ada")]
    [InlineData("#general")]
    [InlineData("／quit")]
    [InlineData("＠ada")]
    [InlineData("﹟general")]
    [InlineData("⁄quit")]
    [InlineData("∕quit")]
    public void A_name_that_begins_like_a_command_is_refused(string text) => AssertRefused(text, Command);

    [Theory]
    [InlineData("\u0301ada", "Username must not begin with a combining mark.")]
    [InlineData("\u20DDada", "Username must not begin with a combining mark.")]
    [InlineData("\u0903a", "Username must not begin with a combining mark.")]
    [InlineData("x\u0301\u0302\u0303\u0304", Marks)]
    [InlineData("Z\u035B\u032D\u033C\u0346\u0355algo", Marks)]
    [InlineData("a\u0323\u0324\u0325\u0326", Marks)] // the first one makes a letter with the a
    [InlineData("x\u20DD\u20DE\u20DF\u20E0y", Marks)]
    public void Marks_without_a_letter_or_in_a_heap_are_refused(string text, string fault) => AssertRefused(text, fault);

    [Theory]
    [InlineData("a\uFFFDb", "FFFD")]
    [InlineData("a\uFFFCb", "FFFC")]
    [InlineData("\uE000", "E000")]
    [InlineData("ada\uF8FF", "F8FF")]
    [InlineData("\U000F0000", "F0000")]
    [InlineData("\U0010FFFD", "10FFFD")]
    public void What_is_no_character_to_everybody_is_refused(string text, string number) =>
        AssertRefused(text, $"Username must not contain the character U+{number}.");

    [Theory]
    [InlineData("paypal", "paypaI")]
    [InlineData("paypal", "paypa1")]
    [InlineData("paypal", "PAYPAl")]
    [InlineData("Paul", "pauI")]
    [InlineData("morn", "mom")]
    [InlineData("morn", "rnorn")]
    [InlineData("bob0", "bobO")]
    [InlineData("bob0", "bobo")]
    [InlineData("scope", "ѕсоре")] // all Cyrillic
    [InlineData("ada", "ａｄａ")]
    [InlineData("ada", "𝒶𝒹𝒶")]
    [InlineData("ada", "ⓐⓓⓐ")]
    [InlineData("file", "ﬁle")]
    [InlineData("alice", "AL1CE")]
    [InlineData("Alice", "al1ce")]
    [InlineData("ALICE", "a|ice")]
    [InlineData("ALICE", "АLІСЕ")]
    [InlineData("mario", "MAR1O")] // a small m looks like rn, a capital one does not
    [InlineData("MOM", "rnom")]
    [InlineData("tom", "ТОМ")] // all Cyrillic, and only its capitals look Latin
    [InlineData("official", "0ff1cIa1")] // one stroke is an i, another an l
    [InlineData("USER1", "userl")]
    [InlineData("user1", "USERl")]
    [InlineData("al", "AI")]
    [InlineData("bill", "BiII")]
    [InlineData("lan", "Ian")]
    [InlineData("PayPal", "paypaI")]
    [InlineData("paypal", "PayPaI")]
    public void Names_that_look_alike_are_found(string one, string other)
    {
        Assert.True(Skeleton.AreAlike(one, other));
        Assert.True(Skeleton.AreAlike(other, one));
        Assert.Equal(Skeleton.Of(one), Skeleton.Of(other));
    }

    [Theory]
    [InlineData("ali", "all")]
    [InlineData("ALI", "all")]
    [InlineData("Ali", "all")]
    [InlineData("NEIL", "nell")]
    [InlineData("IAN", "lan")]
    [InlineData("tom", "том")]
    [InlineData("ian", "lan")]
    [InlineData("zoe", "zoé")]
    [InlineData("user1", "user2")]
    [InlineData("user_1", "user1")]
    [InlineData("ada", "ado")]
    public void Names_that_do_not_are_told_apart(string one, string other)
    {
        Assert.False(Skeleton.AreAlike(one, other));
        Assert.False(Skeleton.AreAlike(other, one));
    }

    // Or a name could be refused and be signed up in capitals.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Names_that_differ_in_case_alone_look_alike(int seed)
    {
        const string Characters = "lIi1|mMrnNoO0aB_";
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var one = new string(random.GetItems<char>(Characters, random.Next(1, 8)));
            var other = string.Concat(one.Select(letter =>
                random.Next(2) is 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter)));
            Assert.True(Skeleton.AreAlike(one, other), $"{one} {other}");
            Assert.Equal(Skeleton.Of(one), Skeleton.Of(other));
        }
    }

    [Fact]
    public void Numbered_users_have_as_many_skeletons() => Assert.Equal(
        10_000, Enumerable.Range(0, 10_000).Select(number => Skeleton.Of($"user{number}")).Distinct().Count());

    // The rules are told here once more in other words, and every random name is judged by both.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_names_are_taken_only_if_they_keep_every_rule(int seed)
    {
        string[] latin = ["a", "b", "Z", "e"], cyrillic = ["а", "ж"], kana = ["の", "ノ"], han = ["漢", "字"],
            others = ["2", "_", "😀"], marks = ["\u0316", "\u0323"], bad = ["\uFFFC", "\uFFFD", "\uE000"];
        string[] every = [.. latin, .. cyrillic, .. kana, .. han, .. others, .. marks, .. marks, .. bad, "/", "@", "#"];
        var random = new Random(seed);
        var taken = 0;

        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => every[random.Next(every.Length)]));
            Assert.True(Username.TryParse(text, out var name, out _));
            var shown = name.Text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
            // A mark may have made one letter with the one before it.
            var letters = shown.Select(one => one.Normalize(NormalizationForm.FormD)[..1]).ToArray();
            var keepsAll = !letters.Intersect(cyrillic).Any() || !letters.Intersect([.. latin, .. kana, .. han]).Any();
            keepsAll &= !shown.Intersect(bad).Any() && shown[0] is not ("/" or "@" or "#") && !marks.Contains(shown[0]);
            var parts = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
            for (var i = 0; i + 4 <= parts.Length; i++) { keepsAll &= !parts[i..(i + 4)].All(marks.Contains); }

            Assert.Equal((text, keepsAll), (text, NewUsername.FindFault(name) is null));
            taken += keepsAll ? 1 : 0;
        }

        Assert.InRange(taken, 1000, 19_000);
    }

    private static void AssertRefused(string text, string fault) => Assert.Equal(fault, FaultOf(text));

    private static string? FaultOf(string text)
    {
        Assert.True(Username.TryParse(text, out var name, out var fault), fault);
        fault = NewUsername.FindFault(name);
        if (fault is not null) { Assert.Equal(ErrorCode.InvalidUsername, Refusals.CodeOf(fault)); }
        return fault;
    }
}
