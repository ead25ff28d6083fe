using JoChat.Gateway;
using JoChat.Storage;

// The composition root is GatewayProcess; here it gets its store.
return await GatewayProcess.RunAsync(args, SqliteChatStore.Open);
