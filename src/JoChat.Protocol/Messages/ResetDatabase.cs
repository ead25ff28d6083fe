namespace JoChat.Protocol;

/// <summary><c>reset_db</c>: delete every account and message; refused unless the server's configuration allows it.
/// </summary>
public sealed record ResetDatabase : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ResetDatabase;
}

/// <summary>Everything is gone.</summary>
public sealed record DatabaseReset : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ResetDatabase;
}

internal sealed class ResetDatabaseCodec() : OperationCodec<ResetDatabase, DatabaseReset>(
    Operation.ResetDatabase, "reset_db", new EmptyFields<ResetDatabase>(),
    new EmptyFields<DatabaseReset>("Database reset.", isOriginal: true));
