using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The highest message id ever given. It is written once a batch, not once a message.</summary>
internal sealed class MessageIdSequence : IDisposable
{
    private readonly Statement _store;

    public MessageIdSequence(SqliteConnection connection)
    {
        using var load = new Statement(connection, "SELECT id FROM last_message");
        Stored = Last = new MessageId((long)load.ReadScalar()!); // a migration inserts the row
        _store = new Statement(connection, "UPDATE last_message SET id = $id", ("$id", SqliteType.Integer));
    }

    /// <summary>The highest id given, stored or not. A rollback does not lower it: ids may be skipped.</summary>
    public MessageId Last { get; private set; }

    /// <summary>The highest id that is committed: after a crash, ids above it are given again.</summary>
    public MessageId Stored { get; private set; }

    public void Give(MessageId id) => Last = id;

    /// <summary>Writes <see cref="Last"/> into the open batch.</summary>
    public void Store()
    {
        if (Stored != Last) { _store.Execute(Last.Value); }
    }

    /// <summary>The batch is committed.</summary>
    public void Committed() => Stored = Last;

    public void Dispose() => _store.Dispose();
}
