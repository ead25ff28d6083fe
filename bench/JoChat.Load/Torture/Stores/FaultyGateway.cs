using JoChat.Gateway;
using JoChat.Storage;
using JoChat.Storage.Postgres;

namespace JoChat.Load.Torture;

/// <summary>The gateway with a <see cref="FaultyStore"/> and otherwise unchanged. Runs as a process of its own.
/// </summary>
internal static class FaultyGateway
{
    /// <summary>Runs until it is asked to stop.</summary>
    /// <param name="arguments">As the gateway takes them.</param>
    /// <param name="failing">Which calls of the store fail.</param>
    /// <param name="commitsAtOnce">As <see cref="FaultyStore"/> takes it.</param>
    /// <returns>The exit status.</returns>
    public static Task<int> RunAsync(string[] arguments, FailingCalls failing, int commitsAtOnce) =>
        GatewayProcess.RunAsync(
            arguments,
            storage => new FaultyStore(Open(storage), failing, commitsAtOnce));

    private static IChatStore Open(StorageSettings storage) => storage.Engine is StorageEngine.Postgres
        ? PostgresChatStore.Open(storage.ConnectionString)
        : SqliteChatStore.Open(storage.Path, storage.ChecksAtStart);
}
