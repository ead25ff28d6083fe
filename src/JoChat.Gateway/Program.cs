using System.Globalization;
using JoChat.Gateway;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Storage.Postgres;

// What is logged and told looks the same wherever it runs.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The composition root is ServeCommand; here it gets its store.
return await GatewayProcess.RunAsync(
    args, storage => storage.Engine is StorageEngine.Postgres ? OpenPostgres(storage) : OpenSqlite(storage));

// Apart, so that who uses one does not load the other.
static IChatStore OpenSqlite(StorageSettings storage) =>
    SqliteChatStore.Open(storage.Path, storage.ChecksAtStart, Skeleton.Of);

static IChatStore OpenPostgres(StorageSettings storage) =>
    PostgresChatStore.Open(storage.ConnectionString, Skeleton.Of, storage.TakesOver);
