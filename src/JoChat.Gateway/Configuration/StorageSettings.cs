namespace JoChat.Gateway;

/// <summary>Where messages are kept.</summary>
internal sealed record StorageSettings
{
    /// <summary>By what.</summary>
    public StorageEngine Engine { get; init; }

    /// <summary>The file of SQLite.</summary>
    public string Path { get; init; } = "chat.db";

    /// <summary>Whether to look for damage anywhere in that file before the start.</summary>
    public bool ChecksAtStart { get; init; } = true;

    /// <summary>How to connect to PostgreSQL; may hold a password.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Whether to end another gateway's connection to the database, which is one of the same cluster.</summary>
    public bool TakesOver { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="reader">Reads them one by one.</param>
    /// <param name="namesBothPlaces">Whether the places of both engines are needed, for a move; else one.</param>
    public static StorageSettings Read(SettingReader reader, bool namesBothPlaces)
    {
        const string ConnectionKey = "storage.postgres.connection-string";
        var standard = new StorageSettings();
        var read = new StorageSettings
        {
            Engine = reader.Choice("storage.engine", standard.Engine),
            Path = reader.FilePath("storage.path", standard.Path),
            ChecksAtStart = reader.Switch("storage.check-at-start", standard.ChecksAtStart),
            ConnectionString = reader.Text(ConnectionKey, standard.ConnectionString),
        };
        if ((read.Engine is StorageEngine.Postgres || namesBothPlaces) && read.ConnectionString.Length == 0)
        {
            reader.NoteFault(ConnectionKey, "is missing; such as Host=127.0.0.1;Database=chat;Username=chat;Password=...");
        }
        if (read.Engine is StorageEngine.Sqlite && !namesBothPlaces && read.ConnectionString.Length > 0)
        {
            reader.NoteFault(ConnectionKey, "needs jochat.storage.engine = postgres");
        }
        return read;
    }
}

/// <summary>What keeps messages.</summary>
internal enum StorageEngine
{
    /// <summary>One file.</summary>
    Sqlite,

    /// <summary>A database server.</summary>
    Postgres,
}
