using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The highest message id ever given. It is stored once a batch, not once a message.</summary>
internal sealed class MessageIds : IDisposable
{
    private readonly Statement _store;

    public MessageIds(SqliteConnection connection)
    {
        using var load = new Statement(connection, "SELECT id FROM last_message");
        Stored = Last = new MessageId((long)load.ReadScalar()!); // the row is made with its table
        _store = new Statement(connection, "UPDATE last_message SET id = $id", ("$id", SqliteType.Integer));
    }

    /// <summary>The highest id given, stored or not. A batch that is undone does not lower it: ids may be
    /// skipped.</summary>
    public MessageId Last { get; private set; }

    /// <summary>The highest id that is on disk: ids above it may be given again by the next process.</summary>
    public MessageId Stored { get; private set; }

    public void Give(MessageId id) => Last = id;

    /// <summary>Writes <see cref="Last"/> into the open batch.</summary>
    public void Store()
    {
        if (Stored != Last) { _store.Execute(Last.Value); }
    }

    /// <summary>The batch with <see cref="Last"/> is on disk.</summary>
    public void Committed() => Stored = Last;

    public void Dispose() => _store.Dispose();
}
