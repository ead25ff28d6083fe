using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A database that is as it was some time ago.</summary>
internal static class RestoredDatabase
{
    // So many are usually more than were given since. Original clients know ids up to 2^32.
    private const int SkippedNumbers = 1_000_000;

    /// <summary>Migrates it, and has it give no number that was given since: clients remember up to which message they have
    /// received, and gateways which writer was the last.</summary>
    /// <param name="path">The file.</param>
    /// <param name="above">The highest id of a message that was given since, if that is known.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common.</param>
    /// <returns>The id above which those of new messages are.</returns>
    public static long Prepare(string path, long? above, Func<string, string> skeletonOf)
    {
        using var database = SqliteDatabase.Open(path, isChecked: true, skeletonOf);
        try
        {
            using var skip = database.Connection.CreateCommand();
            skip.CommandText = FormattableString.Invariant($"""
                BEGIN IMMEDIATE;
                UPDATE last_message SET id = max(id, {above ?? -1}) + {(above is null ? SkippedNumbers : 0)},
                    epoch = epoch + {SkippedNumbers};
                UPDATE sqlite_sequence SET seq = seq + {SkippedNumbers};
                COMMIT;
                SELECT id FROM last_message
                """);
            return (long)skip.ExecuteScalar()!; // a migration inserts the row
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "write to", path);
        }
    }
}
