using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A database that is as it was some time ago.</summary>
internal static class RestoredDatabase
{
    // More than is stored between two backups. Original clients know ids up to 2^32.
    private const int SkippedIds = 1_000_000;

    /// <summary>Migrates it, and has it give no number that was given since: clients remember up to which message they have
    /// received, and gateways which writer was the last.</summary>
    public static void Prepare(string path, Func<string, string> skeletonOf)
    {
        using var database = SqliteDatabase.Open(path, isChecked: true, skeletonOf);
        try
        {
            using var skip = database.Connection.CreateCommand();
            skip.CommandText = $"""
                BEGIN IMMEDIATE;
                UPDATE last_message SET id = id + {SkippedIds}, epoch = epoch + {SkippedIds};
                UPDATE sqlite_sequence SET seq = seq + {SkippedIds};
                COMMIT;
                """;
            skip.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "write to", path);
        }
    }
}
