namespace JoChat.Storage.Tests;

/// <summary>What <see cref="SqliteChatStore.Open(string, bool)"/> refuses, and that it leaves the file as it was.</summary>
public sealed class SqliteRefusalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a")]
    [InlineData("SQLite format 3")] // its last byte is missing
    [InlineData("a text file that is longer than the first words of a database")]
    public void A_file_that_is_no_database_is_refused(string content)
    {
        File.WriteAllText(_folder.Database, content);

        Assert.Equal($"{_folder.Database} is not a database; name another file or move this one away", Refuse());
    }

    [Fact]
    public void A_file_that_only_begins_as_a_database_is_refused()
    {
        File.WriteAllText(_folder.Database, "SQLite format 3\0" + new string('x', 5000));

        Assert.Equal(
            $"cannot open {_folder.Database}: the file is damaged; move it away together with {_folder.Database}-wal " +
            "and keep both, then restore a backup or rescue what is left with sqlite3 MOVED .recover | sqlite3 " +
            _folder.Database,
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

        Assert.Equal($"{_folder.Database} is the database of another program; name another file", Refuse());
    }

    [Fact]
    public void A_newer_database_is_refused()
    {
        SqliteChatStore.Open(_folder.Database).Dispose();
        Make("PRAGMA user_version = 4711");

        var message = Refuse();

        Assert.Contains("has schema 4711,", message, StringComparison.Ordinal);
        Assert.Contains($"knows schemas up to {Migrations.Newest}:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_newer_database_keeps_its_WAL()
    {
        using var died = new TestFolder();
        using (var store = SqliteChatStore.Open(died.Database))
        using (var newer = Sqlite.Connect(died.Database))
        {
            newer.Run("PRAGMA user_version = 4711");
            died.CopyDatabaseTo(_folder);
        }
        var wal = File.ReadAllBytes(_folder.Database + "-wal");

        Assert.Contains("4711", Refuse(), StringComparison.Ordinal);

        Assert.Equal(wal, File.ReadAllBytes(_folder.Database + "-wal"));
    }

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(_folder.Database);

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Equal($"{_folder.Database} is a folder; name a file in it as the database", refused.Message);
    }

    [Fact]
    public void A_file_in_a_folder_that_is_missing_is_refused()
    {
        var path = Path.Combine(_folder.File("missing"), "chat.db");

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(path));

        Assert.Equal(
            $"cannot open {path}: there is no folder {_folder.File("missing")}; make it or name another database file",
            refused.Message);
        Assert.False(Directory.Exists(_folder.File("missing")));
    }

    [Fact]
    public void A_file_under_a_file_is_refused()
    {
        File.WriteAllText(_folder.File("file"), "");

        var refused = Assert.Throws<StorageException>(
            () => SqliteChatStore.Open(Path.Combine(_folder.File("file"), "chat.db")));

        Assert.Contains("there is no folder", refused.Message, StringComparison.Ordinal);
    }

    [LinuxFact(tool: "mkfifo")]
    public void A_pipe_is_refused()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", _folder.Database);
        made.WaitForExit();

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Contains("is not a regular file", refused.Message, StringComparison.Ordinal);
    }

    [MountFact]
    public void A_file_that_cannot_be_written_is_refused()
    {
        SqliteChatStore.Open(_folder.Database).Dispose();
        using var mounted = Mount.ReadOnly(_folder.Database);

        Assert.StartsWith($"cannot write {_folder.Database} (", Refuse(), StringComparison.Ordinal);
    }

    [MountFact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        SqliteChatStore.Open(_folder.Database).Dispose();
        using var mounted = Mount.ReadOnly(_folder.Path);

        Assert.StartsWith($"cannot write {_folder.Database}-lock (", Refuse(), StringComparison.Ordinal);
    }

    /// <summary>Opens the file, which must be refused and stay as it is.</summary>
    private string Refuse()
    {
        var before = _folder.Hash();

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Equal(before, _folder.Hash());
        Assert.False(refused.IsTransient);
        return refused.Message;
    }

    private void Make(string sql)
    {
        using var connection = Sqlite.Connect(_folder.Database);
        connection.Run(sql);
    }
}
