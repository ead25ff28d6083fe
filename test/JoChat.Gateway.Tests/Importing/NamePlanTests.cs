using System.Diagnostics;

namespace JoChat.Gateway.Tests;

/// <summary>Who keeps their name, and what is proposed to the others.</summary>
public sealed class NamePlanTests
{
    [Theory]
    [InlineData("ada")]
    [InlineData("名前")]
    [InlineData("🙂")]
    [InlineData("o'brien")]
    [InlineData("%")]
    [InlineData("-flag")]
    [InlineData("@at")] // nobody could sign it up, as those below
    [InlineData("admin")]
    [InlineData("null")]
    [InlineData("аda")] // its first letter is Cyrillic
    public void A_name_that_an_account_may_have_is_kept(string name)
    {
        using var kit = ImportKit.WithNames(name);

        kit.Plan();

        var account = Assert.Single(kit.Import.Accounts);
        Assert.Equal((name, null), (account.Name?.Text, account.WhyNot));
    }

    [Fact]
    public void A_name_in_a_decomposed_form_is_kept_in_the_composed_one()
    {
        using var kit = ImportKit.WithNames("e\u0301mile");

        kit.Plan();

        Assert.Equal("\u00E9mile", Assert.Single(kit.Import.Accounts).Name?.Text);
    }

    [Theory]
    [InlineData("", "user", "Username must be 1 to 64 characters.")]
    [InlineData(" ", "user", "Username must not contain a blank (U+0020).")]
    [InlineData("  lead", "lead", "Username must not contain a blank (U+0020).")]
    [InlineData("a b\tc\u202Ed", "a_b_c_d", "Username must not contain a blank (U+0020).")]
    [InlineData("@ x", "user", "Username must not contain a blank (U+0020).")] // no new name begins so
    [InlineData("admin ", "admin2", "Username must not contain a blank (U+0020).")] // nor looks reserved
    [InlineData("a\uFFFEb", "a_b", "Username must not contain the character U+FFFE.")] // which Normalize does not take
    [InlineData("/\n", "user", "Username must not contain the character U+000A.")]
    public void A_name_that_is_not_allowed_gets_a_proposal_that_is(string name, string proposal, string why)
    {
        using var kit = ImportKit.WithNames(name);

        var taken = kit.Plan();

        var account = Assert.Single(kit.Import.Accounts);
        Assert.Equal((null, why), (account.Name, account.WhyNot));
        Assert.Equal(proposal, new NameProposals(taken).Propose(name).Text);
    }

    [Fact]
    public void Of_names_that_are_the_same_the_first_keeps_it_and_the_others_get_free_ones()
    {
        using var kit = ImportKit.WithNames("Ada", "ada", "ADA", "ada2", "Ada", "\u00E9", "e\u0301", new string('x', 65));

        Assert.Equal(
            [
                "Ada", "ada3: It differs from \"Ada\" (account 1) only in case or Unicode form.",
                "ADA4: It differs from \"Ada\" (account 1) only in case or Unicode form.", "ada2",
                "Ada5: It is the name of \"Ada\", account 1 too.", "\u00E9",
                "\u00E92: It differs from \"\u00E9\" (account 6) only in case or Unicode form.",
                new string('x', 64) + ": Username must be 1 to 64 characters.",
            ],
            Proposed(kit));
    }

    [Fact]
    public void The_lowest_id_keeps_the_name_however_the_rows_are_stored()
    {
        using var kit = new ImportKit(
            "INSERT INTO users (id, username, password_hash) VALUES (9, 'ada', 'h'), (3, 'Ada', 'h'), (5, 'ADA', 'h')",
            OriginalFiles.LooseSchema);

        kit.Plan();

        Assert.Equal(3, Assert.Single(kit.Import.Accounts, account => account.Name is not null).Id.Value);
    }

    [Fact]
    public void A_proposal_does_not_look_like_another_name()
    {
        using var alike = ImportKit.WithNames("rn", "m "); // r and n look like an m
        Assert.Equal(["rn", "m2"], Proposed(alike).Select(said => said.Split(':')[0]));
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_told_apart()
    {
        using var kit = new ImportKit("""
            INSERT INTO users (username, password_hash) VALUES
              (CAST(x'61FF' AS TEXT), 'h'), (CAST(x'61FE' AS TEXT), 'h'), (NULL, 'h'), (x'62', 'h');
            """, OriginalFiles.LooseSchema);

        Assert.Equal(
            ["a: Username must be valid UTF-8.", "a2: Username must be valid UTF-8.", "user: It has no name.", "b"],
            Proposed(kit));
    }

    [Fact]
    public void Thousands_without_a_name_are_each_given_one()
    {
        using var kit = new ImportKit("""
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 3000)
            INSERT INTO users (username, password_hash) SELECT NULL, 'h' FROM number;
            """, OriginalFiles.LooseSchema);

        Assert.Equal(3000, Proposed(kit).Distinct().Count());
    }

    // If each of them tries the numbers of all others, that is some hundred names to judge for each.
    [Theory]
    [InlineData(0)] // different in case alone
    [InlineData(8)] // and in what is cut off for the number
    public void Of_many_long_names_that_clash_each_is_given_one_as_soon_as_some_names_are_judged(int numbered)
    {
        string[] names =
        [
            .. Enumerable.Range(0, 1000).Select(i => InCapitals(i) + new string('x', 64 - 13 - numbered)
                + FormattableString.Invariant($"{i / 2}").PadLeft(8, 'y')[^numbered..]),
        ];
        using var kit = ImportKit.WithNames(names);
        var taken = kit.Plan();
        var began = Stopwatch.GetTimestamp();
        foreach (var name in names) { Assert.False(taken.IsFree(name, out _, out _)); }
        var judged = Stopwatch.GetElapsedTime(began);

        began = Stopwatch.GetTimestamp();
        Assert.Equal(1000, Proposed(kit, taken).Distinct().Count());

        Assert.InRange(Stopwatch.GetElapsedTime(began) / judged, 0, 50);
    }

    [Fact]
    public void Ids_that_cannot_be_kept_are_new_ones_above_all()
    {
        using var kit = new ImportKit("""
            INSERT INTO users (id, username, password_hash) VALUES
              (7, 'a', 'h'), (0, 'b', 'h'), (-3, 'c', 'h'), (7, 'd', 'h'), (NULL, 'e', 'h'), ('5', 'f', 'h'), (2, 'g', 'h'),
              (9223372036854775807, 'h', 'h');
            """, OriginalFiles.LooseSchema);

        kit.Plan();

        Assert.Equal(
            ["2 g", "7 a", "8 e", "9 c", "10 b", "11 d", "12 h", "13 f"],
            kit.Import.Accounts.Select(account => $"{account.Id.Value} {account.Name}"));
    }

    // Thirteen letters, some of which are capitals.
    private static string InCapitals(int which) =>
        string.Concat(Enumerable.Range(0, 13).Select(bit => (which >> bit & 1) == 1 ? 'A' : 'a'));

    // As the command does it, one after the other.
    private static List<string> Proposed(ImportKit kit) => Proposed(kit, kit.Plan());

    private static List<string> Proposed(ImportKit kit, TakenNames taken)
    {
        var proposals = new NameProposals(taken);
        return [.. kit.Import.Accounts.Select(account =>
        {
            if (account.Name is { } kept) { return kept.Text; }
            var name = proposals.Propose(account.Original.Name.Text);
            taken.Give(account, name);
            return $"{name}: {account.WhyNot}";
        })];
    }
}
