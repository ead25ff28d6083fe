using System.Runtime.Versioning;

namespace JoChat.Storage.Tests;

/// <summary>The schema, from nothing to the newest.</summary>
public sealed class MigrationsTests : DatabaseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_or_empty_file_gets_the_newest_schema_and_application_id(bool isThere)
    {
        if (isThere) { File.WriteAllBytes(Folder.Database, []); }

        Open().Dispose();

        using var connection = Sqlite.Connect(Folder.Database);
        Assert.Equal(Migrations.Newest, connection.Run("PRAGMA user_version"));
        Assert.Equal(SchemaVersion.ApplicationId, connection.Run("PRAGMA application_id"));
    }

    [Fact]
    public void Opening_a_database_of_the_newest_schema_changes_nothing()
    {
        Open().Dispose();
        var before = Folder.Hash();

        Open().Dispose();

        Assert.Equal(before, Folder.Hash());
    }

    [Fact]
    public void A_migration_that_fails_leaves_nothing_of_itself()
    {
        using var connection = Sqlite.Connect(Folder.Database);
        connection.Run("CREATE TABLE last_message (id INTEGER)"); // in the way of the first migration's last table

        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => Migrations.Apply(connection, name => name));

        Assert.Equal(0L, connection.Run("PRAGMA user_version"));
        Assert.Equal("last_message", connection.Run("SELECT group_concat(name) FROM sqlite_schema"));
    }

    [Fact]
    public void Migrations_are_numbered_from_1_without_gaps()
    {
        var names = typeof(Migrations).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).ToArray();

        var numbers = names.Select(name => name["Migrations/".Length..][..4]);

        Assert.Equal(Enumerable.Range(1, names.Length).Select(number => $"{number:D4}"), numbers);
        Assert.Equal(names.Length, Migrations.Newest);
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void A_new_database_is_for_its_owner_alone()
    {
        using var store = Open();

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ownerOnly, File.GetUnixFileMode(Folder.Database));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(Folder.Database + "-wal"));
    }
}
