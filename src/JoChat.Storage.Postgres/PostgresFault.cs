using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Translates PostgreSQL's errors into what an operator can act on.</summary>
internal static class PostgresFault
{
    /// <summary>The SQLSTATE with which the database refuses a batch of a writer that another has taken over from.
    /// </summary>
    public const string EpochIsOver = "JC001";

    private const string IdleInTransaction = "25P03";

    /// <param name="fault">What was reported.</param>
    /// <param name="action">What was tried, after "cannot".</param>
    /// <param name="name">The database.</param>
    public static StorageException Translate(NpgsqlException fault, string action, string name)
    {
        var (reason, isTransient) = fault is PostgresException told ? Explain(told) : (Reach(fault), true);
        return new StorageException($"cannot {action} {name}: {reason}", isTransient, fault);
    }

    private static string Reach(NpgsqlException fault) =>
        $"the server cannot be reached ({(fault.InnerException ?? fault).Message}); see that it runs and can be reached";

    private static (string Reason, bool IsTransient) Explain(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.DiskFull => ("its disk is full; free some space on it", true),
        PostgresErrorCodes.OutOfMemory => ("it has no memory left", true),
        PostgresErrorCodes.TooManyConnections => ("it takes no more connections; raise max_connections", true),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            ("the server is shutting down or starting", true),
        PostgresErrorCodes.ReadOnlySqlTransaction => ("it is a standby or read-only; name the primary", true),
        IdleInTransaction or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            (fault.MessageText, true),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ($"{fault.MessageText}; check the user and the password", false),
        PostgresErrorCodes.InvalidCatalogName => ("there is no such database; make it with createdb", false),
        PostgresErrorCodes.InsufficientPrivilege => (
            $"{fault.MessageText}; let the user own the database", false),
        _ => (fault.MessageText, false),
    };
}
