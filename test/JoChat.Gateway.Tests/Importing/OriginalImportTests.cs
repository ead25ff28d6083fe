using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway.Tests;

/// <summary>What is imported of a database that is not as the original writes it, and that the report has the rest in full.
/// </summary>
public sealed class OriginalImportTests
{
    private const string People = "INSERT INTO users (id, username, password_hash) VALUES (1, 'ada', 'h'), (2, 'bob', 'h');";

    [Fact]
    public void Messages_keep_their_ids_their_order_and_what_they_say()
    {
        using var kit = new ImportKit(People + """
            INSERT INTO messages (id, sender, recipient, content, to_deliver) VALUES
              (3, 'ada', 'bob', ' ', 1), (5, 'bob', 'ada', 'x' || char(0) || 'y', 0), (9, 'ada', 'ada', '', 0);
            """);

        var (store, report) = kit.Run();

        using (store)
        {
            Assert.Empty(report);
            var undelivered = store.ReadUndelivered(new AccountId(1), default, store.LastMessageId, 9, 9999);
            Assert.Equal(["5 bob x\0y", "9 ada "], undelivered.Select(Tell));
            Assert.All(undelivered, message => Assert.Equal(
                kit.LastWritten.ToUnixTimeMilliseconds(), message.SentAt.ToUnixTimeMilliseconds()));
            Assert.Empty(store.ReadUndelivered(new AccountId(2), default, store.LastMessageId, 9, 9999));
        }
    }

    [Fact]
    public void A_message_of_or_to_nobody_is_left_out_and_reported_in_full()
    {
        using var kit = new ImportKit(People + """
            INSERT INTO messages (id, sender, recipient, content, to_deliver) VALUES
              (1, 'gone', 'bob', 'from gone' || char(10), 0), (2, 'ada', 'Bob', 'to Bob', 1), (3, NULL, 'bob', 'from NULL', 0),
              (4, 'gone', 'gone', CAST(x'FF' AS TEXT), 1);
            """);

        var (store, report) = kit.Run();

        using (store)
        {
            Assert.Equal((4, 0), (kit.Report.LeftOut, kit.Report.Messages.All));
            Assert.Equal(new MessageId(4), store.LastMessageId);
            Assert.Equal(
                """
                {"kind":"message","imported":false,"original_id":1,"sender":"gone","recipient":"bob","content":"from gone\n","to_deliver":0,"notes":["Not imported: no account has the name of the sender."]}
                """, report[0].ToJsonString());
            Assert.Equal("Not imported: no account has the name of the recipient.", Assert.Single(NotesOf(report[1])));
            Assert.Null(report[2]["sender"]);
            Assert.Equal(2, NotesOf(report[3]).Length);
            Assert.Equal("/w==", (string?)report[3]["content_base64"]);
        }
    }

    [Fact]
    public void What_cannot_be_a_message_as_it_is_becomes_one_and_is_reported()
    {
        using var kit = new ImportKit(People + """
            INSERT INTO messages (id, sender, recipient, content, to_deliver) VALUES
              (7, 'ada', 'bob', NULL, 0), (7, 'ada', 'bob', CAST(x'61FF' AS TEXT), 1), (-2, 'ada', 'bob', 'minus', 2),
              (8, 'ada', 'bob', x'C3A9', NULL), (NULL, 'ada', 'bob', 12, 'x');
            """, OriginalFiles.LooseSchema);

        var (store, report) = kit.Run();

        using (store)
        {
            var undelivered = store.ReadUndelivered(new AccountId(2), default, store.LastMessageId, 9, 9999);
            Assert.Equal(["7 ada ", "8 ada é", "10 ada minus", "11 ada 12"], undelivered.Select(Tell));
            var delivered = store.ReadDelivered(
                new AccountId(2), new MessageId(long.MaxValue), new MessageId(long.MaxValue), 9, new ByteBudget(9999));
            Assert.Equal(["9 ada a\uFFFD"], delivered.Select(Tell));
            Assert.Equal((5, 5, 0), (kit.Report.Changed, kit.Report.Messages.All, kit.Report.LeftOut));
            Assert.Equal(["7", "8", "9", "10", "11"], report.Select(line => line["id"]!.ToJsonString()));
            Assert.Equal("Yf8=", (string?)report[2]["content_base64"]);
            Assert.Equal([1, 1, 2, 2, 2], report.Select(line => NotesOf(line).Length));
        }
    }

    [Theory]
    [InlineData("x", 65_535, false)]
    [InlineData("x", 65_536, true)]
    [InlineData("🙂", 100_000, true)]
    public void A_text_above_the_limit_is_shortened_and_reported_in_full(string unit, int count, bool isShortened)
    {
        var text = string.Concat(Enumerable.Repeat(unit, count));
        using var kit = new ImportKit(
            People + $"INSERT INTO messages (sender, recipient, content) VALUES ('ada', 'bob', '{text}');");

        var (store, report) = kit.Run();

        using (store)
        {
            var content = Assert.Single(
                store.ReadUndelivered(new AccountId(2), default, store.LastMessageId, 9, int.MaxValue)).Content;
            Assert.InRange(Encoding.UTF8.GetByteCount(content), Limits.MaxContentBytes - 3, Limits.MaxContentBytes);
            Assert.Equal(isShortened, content.EndsWith(string.Create(CultureInfo.InvariantCulture,
                $"… [shortened from {Encoding.UTF8.GetByteCount(text)} bytes by import-original]"), StringComparison.Ordinal));
            if (!isShortened) { Assert.Empty(report); }
            else { Assert.Equal(text, (string?)Assert.Single(report)["content"]); }
        }
    }

    [Theory]
    [InlineData("''", "It had no password: nobody can log in.")]
    [InlineData("NULL", "It had no password: nobody can log in.")]
    [InlineData("x'FF'", "Its password was not valid UTF-8: nobody can log in.")]
    [InlineData("hex(zeroblob(513))", "Its password is longer than clients may send: nobody can log in.")]
    public void Who_could_not_log_in_still_cannot(string password, string note)
    {
        using var kit = new ImportKit(
            $"INSERT INTO users (id, username, password_hash) VALUES (1, 'ada', {password})", OriginalFiles.LooseSchema);

        var (store, report) = kit.Run();

        using (store)
        {
            Assert.Equal(note, Assert.Single(NotesOf(Assert.Single(report))));
            Assert.True(Assert.Single(kit.Import.Accounts).IsLocked);
            var slow = new PasswordHasherProbe();
            Assert.False(slow.IsRight(store.FindAccount("ADA")!.PasswordHash, ""));
            Assert.True(PasswordHasherProbe.IsHash(store.FindAccount("ADA")!.PasswordHash));
        }
    }

    [Theory]
    [InlineData("EC41B00B", "EC41B00B")] // in upper case
    [InlineData("not a hash at all", "not a hash at all")]
    [InlineData("\t x ", "\t x ")]
    [InlineData("é", "é")]
    public void The_password_is_the_text_that_clients_have_sent(string stored, string sent)
    {
        using var kit = new ImportKit(
            $"INSERT INTO users (username, password_hash) VALUES ('ada', {ImportKit.Sql(stored)})");

        var (store, _) = kit.Run();

        using (store)
        {
            var hash = store.FindAccount("ADA")!.PasswordHash;
            Assert.True(new PasswordHasherProbe().IsRight(hash, sent));
            Assert.False(new PasswordHasherProbe().IsRight(hash, sent + " "));
        }
    }

    [Fact]
    public void Of_several_accounts_with_one_name_the_first_has_the_messages_and_all_are_there()
    {
        using var kit = new ImportKit("""
            INSERT INTO users (id, username, password_hash) VALUES (4, 'ada', 'h'), (6, 'ada', 'h'), (8, 'Ada', 'h');
            INSERT INTO messages (id, sender, recipient, content) VALUES (1, 'ada', 'Ada', 'hi');
            """, OriginalFiles.LooseSchema);

        var (store, report) = kit.Run();

        using (store)
        {
            Assert.Equal(
                [4, 6, 8], ((string[])["ADA", "ADA2", "ADA3"]).Select(key => store.FindAccount(key)!.Id.Value));
            Assert.Equal(["1 ada hi"], store.ReadUndelivered(new AccountId(8), default, store.LastMessageId, 9, 99).Select(Tell));
            Assert.Equal(["ada2", "Ada3"], report.Where(line => (string?)line["kind"] == "account")
                .Select(line => (string?)line["name"]));
        }
    }

    [Fact]
    public void A_name_that_is_kept_against_the_rules_for_new_ones_is_reported()
    {
        using var kit = ImportKit.WithNames("admin", "ada", "аda", "e\u0301");

        var (store, report) = kit.Run();

        store.Dispose();
        Assert.Equal(
            [
                "The name is kept, and nobody could sign it up any more: Username must not look like a reserved one.",
                "The name is kept, and nobody could sign it up any more: Username must be in one script, not in a mixture.",
                "The name is kept, in Unicode normalisation form C; log-ins with the old form work.",
            ],
            report.Select(line => Assert.Single(NotesOf(line))));
    }

    [Fact]
    public void No_password_is_in_the_report()
    {
        using var kit = new ImportKit("""
            INSERT INTO users (username, password_hash) VALUES (' ', 'topsecret'), ('admin', 'topsecret'), (NULL, x'FF');
            CREATE TABLE others (password_hash);
            """, OriginalFiles.LooseSchema);

        var (store, report) = kit.Run();

        store.Dispose();
        Assert.Equal(4, report.Count);
        Assert.DoesNotContain(report, line => line.ToJsonString().Contains("topsecret", StringComparison.Ordinal));
        Assert.DoesNotContain(report, line => line.ToJsonString().Contains("/w==", StringComparison.Ordinal));
    }

    private static string Tell(StoredMessage message) => $"{message.Id.Value} {message.Sender} {message.Content}";

    private static string[] NotesOf(JsonNode line) => [.. line["notes"]!.AsArray().Select(note => (string)note!)];
}
