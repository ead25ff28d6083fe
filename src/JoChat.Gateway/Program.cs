using JoChat.Gateway;
using JoChat.Protocol;
using JoChat.Storage;

// The composition root is GatewayProcess; here it gets its store.
return await GatewayProcess.RunAsync(
    args, (path, isChecked) => SqliteChatStore.Open(path, isChecked, Skeleton.Of));
