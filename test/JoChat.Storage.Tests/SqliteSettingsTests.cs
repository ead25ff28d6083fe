namespace JoChat.Storage.Tests;

/// <summary>The settings that the store's promises rest on.</summary>
public sealed class SqliteSettingsTests : DatabaseTests
{
    [Fact]
    public void The_settings_take()
    {
        using var connection = Sqlite.Connect(Folder.Database);

        SqliteSettings.Apply(connection);

        SqliteSettings.Verify(connection, Folder.Database);
    }

    [Theory]
    [InlineData("synchronous = NORMAL", "commits would not be synced to disk (synchronous is 1, not 2)")]
    [InlineData("synchronous = OFF", "commits would not be synced to disk (synchronous is 0, not 2)")]
    [InlineData("journal_mode = DELETE", "(journal_mode is delete, not wal)")]
    [InlineData("secure_delete = OFF", "deleted text would stay in the file (secure_delete is 0, not 1)")]
    [InlineData("foreign_keys = OFF", "(foreign_keys is 0, not 1)")]
    public void A_setting_that_did_not_take_is_refused(string setting, string reason)
    {
        using var connection = Sqlite.Connect(Folder.Database);
        SqliteSettings.Apply(connection);
        connection.Run("PRAGMA " + setting);

        var refused = Assert.Throws<StorageException>(() => SqliteSettings.Verify(connection, Folder.Database));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30_000)] // on pages of its own
    public void Deleted_text_is_overwritten_in_the_file(int length)
    {
        using (var store = Open())
        {
            var ada = store.Add("ada");
            store.InBatch(() => store.AddMessages(ada, count: 3, "kept words"));
            store.InBatch(() => store.AddMessages(ada, count: 3, new string('x', length) + "secret words"));
            store.InBatch(() => Assert.Equal(3, store.DeleteAll(ada, [4, 5, 6])));
        }

        var file = File.ReadAllBytes(Folder.Database);

        Assert.NotEqual(-1, file.AsSpan().IndexOf("kept words"u8));
        Assert.Equal(-1, file.AsSpan().IndexOf("secret words"u8));
    }

    [Fact]
    public void Opening_verifies_the_settings()
    {
        using (var connection = Sqlite.Connect(Folder.Database))
        {
            connection.Run("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (c); DROP TABLE t"); // empty, but UTF-16
        }

        var refused = Assert.Throws<StorageException>(Open);

        Assert.Contains("(encoding is UTF-16le, not UTF-8)", refused.Message, StringComparison.Ordinal);
    }
}
