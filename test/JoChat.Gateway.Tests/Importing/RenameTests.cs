using JoChat.Protocol;

namespace JoChat.Gateway.Tests;

/// <summary>Names that somebody chooses, in a file or at a terminal.</summary>
public sealed class RenameTests
{
    [Fact]
    public void What_is_proposed_is_taken_as_a_file()
    {
        using var kit = ImportKit.WithNames("Ada", "ada", "a \"b\"\t\u202Ec");
        var taken = kit.Plan();
        var proposals = new NameProposals(taken);
        var lines = kit.Import.Accounts.Where(account => account.Name is null)
            .Select(account => RenameFile.Line(account, proposals.Propose(account.Original.Name.Text))).ToArray();

        kit.Plan(lines);

        Assert.Empty(kit.Faults);
        Assert.Equal(["Ada", "ada2", "a_b_c"], kit.Import.Accounts.Select(account => Simple(account.Name!.Text)));
        Assert.StartsWith(
            """{"id":3,"name":"a \"b\"\u0009\u202Ec","new_name":""", lines[1], StringComparison.Ordinal);

        static string Simple(string name) => name.Replace("\"", "", StringComparison.Ordinal)
            .Replace("__", "_", StringComparison.Ordinal);
    }

    [Fact]
    public void Who_could_keep_a_name_may_give_it_up()
    {
        using var kit = ImportKit.WithNames("Ada", "ada");

        kit.Plan("""{"id":1,"name":"Ada","new_name":"lovelace"}""", "");

        Assert.Empty(kit.Faults);
        Assert.Equal(["lovelace", "ada"], kit.Import.Accounts.Select(account => account.Name?.Text));
    }

    [Fact]
    public void A_line_with_the_name_that_it_had_is_no_new_name()
    {
        using var kit = ImportKit.WithNames("Ada", "ada", "e\u0301");

        kit.Plan(
            """{"id":2,"name":"ada","new_name":"ada"}""", """{"id":1,"name":"Ada","new_name":"Bob"}""",
            """{"id":3,"name":"e\u0301","new_name":"\u00E9"}""");

        Assert.Empty(kit.Faults);
        Assert.Equal([true, false, false], kit.Import.Accounts.Select(account => account.HasNewName));
    }

    [Fact]
    public void After_a_swap_the_reason_names_who_has_the_name_now()
    {
        using var kit = ImportKit.WithNames("Ada", "bob");

        kit.Plan("""{"id":1,"name":"Ada","new_name":"bob"}""", """{"id":2,"name":"bob","new_name":"Ada"}""");

        Assert.Equal(["bob", "Ada"], kit.Import.Accounts.Select(account => account.Name?.Text));
        Assert.Equal("It is the name of \"bob\", account 1 too.", kit.Import.Accounts[1].WhyNot);
    }

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark()
    {
        using var kit = ImportKit.WithNames("Ada");

        kit.Plan("\uFEFF" + """{"id":1,"name":"Ada","new_name":"lovelace"}""");

        Assert.Empty(kit.Faults);
    }

    [Theory]
    [InlineData("""{"id":9,"name":"ada","new_name":"x"}""", "the original has no account 9")]
    [InlineData("""{"id":2,"name":"Ada","new_name":"x"}""", "account 2 is called \"ada\", not \"Ada\"")]
    [InlineData("""{"id":2,"name":null,"new_name":"x"}""", "account 2 is called \"ada\", not null")]
    [InlineData("""{"id":2,"name":"ada","new_name":"Ada"}""", "\"Ada\" cannot be used. It is the name of \"Ada\", account 1.")]
    [InlineData("""{"id":2,"name":"ada","new_name":"Adа"}""",
        "\"Adа\" cannot be used. Username must be in one script, not in a mixture.")]
    [InlineData("""{"id":2,"name":"ada","new_name":"bоb"}""",
        "\"bоb\" cannot be used. Username must be in one script, not in a mixture.")]
    [InlineData("""{"id":2,"name":"ada","new_name":"a b"}""",
        "\"a b\" cannot be used. Username must not contain a blank (U+0020).")]
    [InlineData("""{"id":2,"name":"ada","new_name":"r00t"}""", "\"r00t\" cannot be used. Username must not look like a reserved one.")]
    [InlineData("""{"id":2,"name":"ada","new_name":null}""", "\"\" cannot be used. Username must be 1 to 64 characters.")]
    [InlineData("""{"id":2,"name":"ada"}""", """expected an object such as {"id":7,"name":"a b","new_name":"ab"}""")]
    [InlineData("""{"id":2,"name":"ada","new_name":7}""", "expected an object such as ")]
    [InlineData("""{"id":2,"name":"ada","newname":"x"}""", "there is no member \"newname\"; expected an object such as ")]
    [InlineData("""{"id":2.5,"name":"ada","new_name":"x"}""", "expected an object such as ")]
    [InlineData("ada bob", "expected an object such as ")]
    [InlineData("[1]", "expected an object such as ")]
    public void A_wrong_line_is_told_with_its_number(string line, string fault)
    {
        using var kit = ImportKit.WithNames("Ada", "ada");

        kit.Plan("", line);

        Assert.Contains($"renames(2): {fault}", Assert.Single(kit.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_line_is_told_at_once()
    {
        using var kit = ImportKit.WithNames("Ada", "ada", "ADA");

        kit.Plan(
            """{"id":2,"name":"ada","new_name":"eve"}""", """{"id":3,"name":"ADA","new_name":"Eve"}""", "{}",
            """{"id":2,"name":"ada","new_name":"cyd"}""");

        Assert.Equal(3, kit.Faults.Count);
        Assert.EndsWith("renames(1) already", kit.Faults[1], StringComparison.Ordinal);
        Assert.Contains("\"Eve\" cannot be used. It is the name of \"eve\", account 2.", kit.Faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_terminal_it_asks_until_a_name_is_free()
    {
        using var kit = ImportKit.WithNames("Ada", "ada\u0007");
        var taken = kit.Plan();
        var asked = new StringWriter();
        var account = kit.Import.Accounts[1];
        Assert.True(taken.IsFree("ada2", out var proposal, out _));

        Assert.Equal("bob", Ask("ADA\na b\nbob\n")?.Text);
        Assert.Equal("ada2", Ask("\n")?.Text);
        Assert.Null(Ask(""));

        Assert.StartsWith(
            """
            Account 2, "ada\u0007", needs another name. Username must not contain the character U+0007.
            New name [ada2]: It is the name of "Ada", account 1.
            New name [ada2]: Username must not contain a blank (U+0020).
            New name [ada2]: Account 2,
            """, asked.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);

        Username? Ask(string answers)
        {
            using var input = new StringReader(answers);
            return new RenameQuestions(input, asked, taken).Ask(account, proposal);
        }
    }
}
