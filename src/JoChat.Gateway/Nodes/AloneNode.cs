using JoChat.Actors;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>All of JoChat in one process.</summary>
/// <param name="store">The store, open. Its owner disposes of it when <see cref="ChatService.Stopped"/> is completed.</param>
/// <param name="chat">The service over it.</param>
internal sealed class AloneNode(IChatStore store, ChatService chat) : INode
{
    public ChatService Chat => chat;

    public Administration Administration => chat.Administration;

    public string Place => $"messages are kept in {store.Name}";

    public Task Ended => chat.Stopped;

    public async Task<(int Status, string? Fault)> StopAsync()
    {
        var hasFailed = chat.Stopped.IsCompleted;
        await chat.StopAsync();
        if (!chat.Stopped.IsCompleted) { return (1, "the store did not finish in time; left as by a kill"); }
        store.EnsureInPlace();
        return hasFailed ? (1, "the chat service failed; see the log above") : (0, null);
    }
}
