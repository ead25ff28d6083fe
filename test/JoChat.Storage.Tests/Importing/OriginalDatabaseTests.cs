using System.Runtime.Versioning;

namespace JoChat.Storage.Tests;

/// <summary>What is read of a database of the original, whatever is in it, and that the file stays as it was.</summary>
public sealed class OriginalDatabaseTests : DatabaseTests
{
    private string Copy => Folder.File("copy");

    [Fact]
    public void Messages_come_in_the_order_of_their_ids()
    {
        Make(OriginalFiles.Schema, """
            INSERT INTO messages (id, content) VALUES (9, 'c'), (2, 'a'), (5, 'b');
            """);

        Assert.Equal(["2 a", "5 b", "9 c"], Read().Select(Tell));
    }

    [Fact]
    public void Messages_without_an_id_of_their_own_come_last_and_once()
    {
        Make(OriginalFiles.LooseSchema, """
            INSERT INTO messages (id, content) VALUES
              (3, 'c'), (NULL, 'n'), (-1, 'm'), ('4', 't'), (1, 'a'), (3, 'd'), (0, 'z'), (2.5, 'r'), (1, 'b'), (1, 'e'),
              (4503599627370497, 'h'), (9223372036854775807, 'i');
            """);

        var read = Read();

        Assert.Equal(["1 a", "3 c"], read.Where(message => message.HasUsableId).Select(Tell));
        Assert.Equal(["1 a", "3 c", "1 b", "1 e", "3 d"], read.Take(5).Select(Tell));
        Assert.Equal(
            [" n", "-1 m", "4 t", "0 z", "2.5 r", "4503599627370497 h", "9223372036854775807 i"], read.Skip(5).Select(Tell));
    }

    [Theory]
    [InlineData("NULL", true, true, "")]
    [InlineData("''", false, true, "")]
    [InlineData("'a' || char(0) || 'b'", false, true, "a\0b")]
    [InlineData("7", false, true, "7")]
    [InlineData("2.5", false, true, "2.5")]
    [InlineData("x'C3A9'", false, true, "é")]
    [InlineData("x'61FF62'", false, false, "a\uFFFDb")]
    [InlineData("CAST(x'61FF62' AS TEXT)", false, false, "a\uFFFDb")]
    [InlineData("CAST(x'EDA080' AS TEXT)", false, false, "\uFFFD\uFFFD\uFFFD")] // half of a surrogate pair
    public void Whatever_stands_in_the_place_of_a_text_is_read(string value, bool isNull, bool isText, string text)
    {
        Make(OriginalFiles.LooseSchema, $"INSERT INTO messages (id, content) VALUES (1, {value})");

        var content = Assert.Single(Read()).Content;

        Assert.Equal((isNull, isText, text), (content.IsNull, content.IsText, content.Text));
    }

    [Fact]
    public void Texts_of_another_encoding_are_read()
    {
        Make("PRAGMA encoding = 'UTF-16le';" + OriginalFiles.Schema, """
            INSERT INTO messages (content) VALUES ('Bärbel 名前 🙂');
            """);

        Assert.Equal("Bärbel 名前 🙂", Assert.Single(Read()).Content.Text);
    }

    [Fact]
    public void The_highest_ids_are_those_that_were_ever_given()
    {
        Make(OriginalFiles.Schema, """
            INSERT INTO users (id, username, password_hash) VALUES (7, 'a', 'h'), (9, 'b', 'h');
            DELETE FROM users WHERE id = 9;
            INSERT INTO messages (id) VALUES (3);
            UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'messages';
            """);

        using var original = Open(Folder.Database);

        Assert.Equal((9, 3), (original.ReadLastAccountId(), original.ReadLastMessageId())); // 2^63 - 1 leaves no next one
    }

    [Fact]
    public void Other_tables_and_columns_are_named()
    {
        Make(OriginalFiles.Schema, """
            CREATE TABLE rooms (id);
            CREATE TABLE sqliteX (id);
            CREATE VIEW everybody AS SELECT username FROM users;
            ALTER TABLE messages ADD COLUMN read_at TEXT;
            """);

        using var original = Open(Folder.Database);

        Assert.Equal(["table rooms", "table sqliteX", "view everybody", "column messages.read_at"], original.FindOthers());
    }

    [Fact]
    public void A_WAL_is_read_too_and_both_files_stay_as_they_were()
    {
        using var died = new TestFolder();
        using var running = OriginalFiles.Open(died.Database);
        OriginalFiles.Run(running, $"""
            PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; {OriginalFiles.Schema}
            INSERT INTO messages (content) VALUES ('in the WAL');
            """);
        died.CopyDatabaseTo(Folder);
        var before = Files();

        Assert.Equal(["1 in the WAL"], Read().Select(Tell));

        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_transaction_that_was_cut_off_is_undone_in_the_copy_alone()
    {
        Make(OriginalFiles.Schema, "INSERT INTO messages (content) VALUES ('committed')");
        using var died = new TestFolder();
        File.Copy(Folder.Database, died.Database);
        using (var running = OriginalFiles.Open(died.Database))
        {
            // A cache too small for what is changed makes it write before the commit.
            OriginalFiles.Run(running, """
                PRAGMA cache_size = 1; BEGIN;
                UPDATE messages SET content = 'not committed';
                INSERT INTO messages (content) SELECT hex(zeroblob(20000)) FROM sqlite_schema, sqlite_schema;
                """);
            File.Copy(died.Database, Folder.Database, overwrite: true);
            File.Copy(died.Database + "-journal", Folder.Database + "-journal");
        }
        var before = Files();

        Assert.Equal(["1 committed"], Read().Select(Tell));

        Assert.Equal(before, Files());
    }

    [LinuxTheory("ln")] // elsewhere a lock is not seen
    [InlineData("PRAGMA journal_mode = DELETE", "BEGIN IMMEDIATE")]
    [InlineData("PRAGMA journal_mode = WAL", "INSERT INTO messages (content) VALUES ('a')")] // nothing is open but the file
    public void A_file_in_use_is_refused(string mode, string use)
    {
        Make(OriginalFiles.Schema, mode);
        using var other = OriginalFiles.Open(Folder.Database);
        OriginalFiles.Run(other, use);

        var refused = Assert.Throws<StorageException>(() => Open(Folder.Database));

        Assert.Equal(
            $"{Folder.Database} is in use by another program; stop the original server, and run this again", refused.Message);
    }

    [Theory]
    [InlineData("", " is empty: there is nothing to import")]
    [InlineData("my notes", " is not a database; name the original's database")]
    [InlineData(null, "there is no database ")]
    public void What_is_no_database_is_refused(string? content, string fault)
    {
        if (content is not null) { File.WriteAllText(Folder.Database, content); }

        Assert.Contains(fault, RefuseOriginal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE songs (title)")]
    [InlineData("CREATE TABLE users (id, username, password_hash)")]
    [InlineData("CREATE TABLE users (id, username, password_hash); CREATE TABLE messages (id, sender, recipient, content)")]
    [InlineData("CREATE VIEW users AS SELECT 1 AS id, 2 AS username, 3 AS password_hash")]
    public void A_database_of_another_program_is_refused(string sql)
    {
        OriginalFiles.Make(Folder.Database, sql);

        Assert.StartsWith(
            $"{Folder.Database} is not the database of the original JoChat: ", RefuseOriginal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_this_JoChat_is_refused_with_how_to_use_it()
    {
        Open().Dispose();

        Assert.EndsWith($"run jochat-gateway --db {Folder.Database}", RefuseOriginal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(Folder.Database);

        Assert.StartsWith($"{Folder.Database} is a folder", RefuseOriginal(), StringComparison.Ordinal);
    }

    [LinuxFact(tool: "mkfifo")]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", Folder.Database);
        made.WaitForExit();

        var refused = Assert.Throws<StorageException>(() => Open(Folder.Database));

        Assert.Equal($"{Folder.Database} is not a regular file; name the original's database", refused.Message);
    }

    [Theory]
    [InlineData(1)] // the schema, so that it cannot be opened
    [InlineData(5)] // where the messages begin
    public void A_damaged_file_is_refused(int page)
    {
        Make(OriginalFiles.Schema, """
            INSERT INTO messages (content) SELECT hex(zeroblob(3000)) FROM sqlite_schema, sqlite_schema;
            """);
        using (var file = File.OpenWrite(Folder.Database))
        {
            file.Position = page == 1 ? 100 : (page - 1) * 4096;
            file.Write(new byte[2000]);
        }

        Assert.StartsWith(
            $"cannot {(page == 1 ? "import" : "open")} {Folder.Database}: the file is damaged", RefuseOriginal(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        Make(OriginalFiles.Schema, """
            INSERT INTO messages (content) SELECT hex(zeroblob(3000)) FROM sqlite_schema, sqlite_schema;
            """);
        using (var file = File.OpenWrite(Folder.Database)) { file.SetLength(file.Length / 2); }

        Assert.Contains("the file is damaged", RefuseOriginal(), StringComparison.Ordinal);
    }

    [LinuxFact("ln")]
    [UnsupportedOSPlatform("windows")]
    public void The_copy_is_its_owners_alone_and_gone_in_the_end()
    {
        Make(OriginalFiles.Schema, "");
        using (Open(Folder.Database))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Copy));
        }

        Assert.Equal([Folder.Database], Directory.GetFiles(Folder.Path));
    }

    [LinuxFact("ln")] // elsewhere a link needs rights
    public void Through_a_link_the_WAL_of_the_file_is_read_too()
    {
        using var died = new TestFolder();
        using var running = OriginalFiles.Open(died.Database);
        OriginalFiles.Run(running, $"""
            PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; {OriginalFiles.Schema}
            INSERT INTO messages (content) VALUES ('in the WAL');
            """);
        using var elsewhere = new TestFolder();
        died.CopyDatabaseTo(elsewhere);
        File.CreateSymbolicLink(Folder.Database, elsewhere.Database);

        Assert.Equal(["1 in the WAL"], Read().Select(Tell));

        using var original = Open(Folder.Database);
        Assert.Equal(elsewhere.Database, original.Path);
    }

    [LinuxFact("ln")]
    public void By_a_name_that_the_WAL_does_not_lie_beside_it_is_refused()
    {
        using var died = new TestFolder();
        using var running = OriginalFiles.Open(died.Database);
        OriginalFiles.Run(running, $"PRAGMA journal_mode = WAL; {OriginalFiles.Schema} PRAGMA wal_checkpoint");
        OriginalFiles.Run(running, "INSERT INTO messages (content) VALUES ('in the WAL')");
        using var elsewhere = new TestFolder();
        died.CopyDatabaseTo(elsewhere);
        using (var linked = System.Diagnostics.Process.Start("ln", [elsewhere.Database, Folder.Database]))
        {
            linked.WaitForExit();
        }

        Assert.StartsWith($"{Folder.Database} has 2 names (hard links), ", RefuseOriginal(), StringComparison.Ordinal);

        using var original = Open(elsewhere.Database);
        Assert.Equal(["1 in the WAL"], original.ReadMessages().Select(Tell));
    }

    [Theory]
    [InlineData("DELETE", "UPDATE messages SET content = 'b'")] // its length stays
    [InlineData("DELETE", "INSERT INTO messages (content) VALUES ('b')")]
    [InlineData("WAL", "INSERT INTO messages (content) VALUES ('b')")]
    public void What_an_idle_server_writes_after_the_copy_is_noticed(string mode, string sql)
    {
        Make(OriginalFiles.Schema, $"PRAGMA journal_mode = {mode}; INSERT INTO messages (content) VALUES ('a')");
        using var original = Open(Folder.Database);
        original.EnsureUnchanged();

        using (var server = OriginalFiles.Open(Folder.Database)) { OriginalFiles.Run(server, sql); }

        Assert.StartsWith($"{Folder.Database} was changed while it was imported",
            Assert.Throws<StorageException>(original.EnsureUnchanged).Message, StringComparison.Ordinal);
    }

    private static string Tell(OriginalMessage message) => $"{message.Id.Text} {message.Content.Text}";

    private void Make(string schema, string sql) => OriginalFiles.Make(Folder.Database, schema + sql);

    private OriginalDatabase Open(string path) => OriginalDatabase.Open(path, Copy);

    private List<OriginalMessage> Read()
    {
        using var original = Open(Folder.Database);
        return [.. original.ReadMessages()];
    }

    private string RefuseOriginal()
    {
        var before = Files();
        var refused = Assert.Throws<StorageException>(() => Open(Folder.Database));
        Assert.Equal(before, Files());
        return refused.Message;
    }

    // The index of a WAL is not looked at: another program's connection changes it by being there.
    private Dictionary<string, string> Files() => Directory.GetFiles(Folder.Path)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
            File.ReadAllBytes(file))) + File.GetLastWriteTimeUtc(file).ToString("O"));
}
