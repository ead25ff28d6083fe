namespace JoChat.Storage.Tests;

/// <summary>What <see cref="SqliteChatStore.Open(string, bool, Func{string, string})"/> refuses, and that it leaves the
/// file as it was.</summary>
public sealed class SqliteRefusalTests : DatabaseTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("SQLite format 3")] // its last byte is missing
    [InlineData("a text file that is longer than the first words of a database")]
    public void A_file_that_is_no_database_is_refused(string content)
    {
        File.WriteAllText(Folder.Database, content);

        Assert.Equal($"{Folder.Database} is not a database; name another file or move this one away", Refuse());
    }

    [Fact]
    public void A_file_that_only_begins_as_a_database_is_refused()
    {
        File.WriteAllText(Folder.Database, "SQLite format 3\0" + new string('x', 5000));

        Assert.Equal(
            $"cannot open {Folder.Database}: the file is damaged; move it away together with {Folder.Database}-wal " +
            "and keep both, then restore a backup or rescue what is left with sqlite3 MOVED .recover | sqlite3 " +
            Folder.Database,
            Refuse());
    }

    [Theory]
    [InlineData("CREATE TABLE songs (title TEXT)")]
    [InlineData("PRAGMA journal_mode = WAL; CREATE TABLE songs (title TEXT)")]
    [InlineData("PRAGMA application_id = 7")]
    [InlineData("PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE accounts (id INTEGER)")]
    [InlineData("PRAGMA user_version = 1")]
    public void A_database_of_another_program_is_refused(string making)
    {
        Make(making);

        Assert.Equal($"{Folder.Database} is the database of another program; name another file", Refuse());
    }

    [Theory]
    [InlineData("", "chat.db")]
    [InlineData("ALTER TABLE users ADD COLUMN age; CREATE TABLE rooms (id)", "chat.db")]
    [InlineData("PRAGMA journal_mode = WAL", "my chat? 100%#.db")]
    [InlineData("", "ch%41t.db")]
    public void A_database_of_the_original_is_refused_with_what_imports_it_and_nothing_is_touched(
        string change, string name)
    {
        var path = Folder.File(name);
        OriginalFiles.Make(path, OriginalFiles.Schema + change);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100); }
        var before = (Convert.ToHexString(File.ReadAllBytes(path)), File.GetLastWriteTimeUtc(path));

        foreach (var open in (Action[])[() => SqliteChatStore.Open(path), () => SqliteMoveSide.OpenSource(path, false, key => key)])
        {
            var refused = Assert.Throws<StorageException>(open);
            Assert.Equal(
                $"{path} is the database of the original JoChat; run jochat-gateway import-original {path} --db NEW",
                refused.Message);
        }

        Assert.Equal([path], Directory.GetFiles(Folder.Path));
        Assert.Equal(before, (Convert.ToHexString(File.ReadAllBytes(path)), File.GetLastWriteTimeUtc(path)));
        if (!OperatingSystem.IsWindows()) { Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(path)); }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // from a gateway that was started on it before
    public void A_database_of_the_original_that_is_in_its_WAL_alone_is_not_touched(bool hasLockFile)
    {
        if (hasLockFile) { File.WriteAllText(Folder.Database + "-lock", ""); }
        using var died = new TestFolder();
        using var running = OriginalFiles.Open(died.Database);
        OriginalFiles.Run(
            running, $"PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; {OriginalFiles.Schema}");
        died.CopyDatabaseTo(Folder);
        string[] files = [.. Directory.GetFiles(Folder.Path).Order(StringComparer.Ordinal)];
        var before = files.Select(file => Convert.ToHexString(File.ReadAllBytes(file))).ToList();

        foreach (var use in (Action[])
        [
            () => SqliteChatStore.Open(Folder.Database),
            () => SqliteBackup.Make(
                Folder.Database, Folder.File("backup"), "test", DateTimeOffset.UnixEpoch, NoProgress.Instance),
        ])
        {
            Assert.Contains("import-original", Assert.Throws<StorageException>(use).Message, StringComparison.Ordinal);
            Assert.Equal(files, Directory.GetFiles(Folder.Path).Order(StringComparer.Ordinal));
            Assert.Equal(before, files.Select(file => Convert.ToHexString(File.ReadAllBytes(file))));
        }
    }

    [Fact]
    public void A_database_of_the_original_that_a_gateway_has_refused_before_is_refused_in_the_same_way()
    {
        Make(OriginalFiles.Schema);
        File.WriteAllText(Folder.Database + "-lock", "");

        Assert.Contains("run jochat-gateway import-original ", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_database_is_refused()
    {
        Open().Dispose();
        Make("PRAGMA user_version = 4711");

        var message = Refuse();

        Assert.Contains("has schema 4711,", message, StringComparison.Ordinal);
        Assert.Contains($"knows schemas up to {Migrations.Newest}:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_newer_database_keeps_its_WAL()
    {
        using var died = new TestFolder();
        using var store = SqliteChatStore.Open(died.Database);
        using var newer = Sqlite.Connect(died.Database);
        newer.Run("PRAGMA user_version = 4711");
        died.CopyDatabaseTo(Folder);
        var wal = File.ReadAllBytes(Folder.Database + "-wal");

        Assert.Contains("4711", Refuse(), StringComparison.Ordinal);

        Assert.Equal(wal, File.ReadAllBytes(Folder.Database + "-wal"));
    }

    [Fact]
    public void AFolder_is_refused()
    {
        Directory.CreateDirectory(Folder.Database);

        Assert.Equal($"{Folder.Database} is a folder; name a file in it as the database", Refuse());
    }

    [Fact]
    public void A_file_in_aFolder_that_is_missing_is_refused()
    {
        var path = Path.Combine(Folder.File("missing"), "chat.db");

        Assert.Equal(
            $"cannot open {path}: there is no folder {Folder.File("missing")}; make it or name another database file",
            Refuse(path));
        Assert.False(Directory.Exists(Folder.File("missing")));
    }

    [Fact]
    public void A_file_under_a_file_is_refused()
    {
        File.WriteAllText(Folder.File("file"), "");

        var message = Refuse(Path.Combine(Folder.File("file"), "chat.db"));

        Assert.Contains("there is no folder", message, StringComparison.Ordinal);
    }

    [LinuxFact(tool: "mkfifo")]
    public void A_pipe_is_refused()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", Folder.Database);
        made.WaitForExit();

        var refused = Assert.Throws<StorageException>(Open);

        Assert.Contains("is not a regular file", refused.Message, StringComparison.Ordinal);
    }

    [MountFact]
    public void A_file_that_cannot_be_written_is_refused()
    {
        Open().Dispose();
        using var mounted = Mount.ReadOnly(Folder.Database);

        Assert.StartsWith($"cannot write {Folder.Database} (", Refuse(), StringComparison.Ordinal);
    }

    [MountFact]
    public void AFolder_that_cannot_be_written_is_refused()
    {
        Open().Dispose();
        using var mounted = Mount.ReadOnly(Folder.Path);

        Assert.StartsWith($"cannot write {Folder.Database}-lock (", Refuse(), StringComparison.Ordinal);
    }

    private void Make(string sql)
    {
        using var connection = Sqlite.Connect(Folder.Database);
        connection.Run(sql);
    }
}
