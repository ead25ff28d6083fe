using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>How the process uses SQLite: without the mutexes that would let threads share a connection, and without
/// counting its memory. No connection here is used by two threads at once. They took a twentieth of the writer's time.
/// </summary>
/// <remarks>So whatever holds a statement disposes of it: the finalizer is another thread.</remarks>
internal static class SqliteLibrary
{
    private const int ConfigMultiThread = 2; // SQLITE_CONFIG_MULTITHREAD
    private const int ConfigMemStatus = 9; // SQLITE_CONFIG_MEMSTATUS

    /// <summary>Before the first connection. If SQLite is in use already, nothing changes.</summary>
    public static void Configure()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = sqlite3_config(ConfigMultiThread);
        _ = sqlite3_config(ConfigMemStatus, 0);
    }

    /// <summary>Before a connection is disposed of whose statements could not all be prepared: has the finalizer release
    /// those that nobody holds, while this thread waits.</summary>
    public static void ReleaseLostStatements()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
