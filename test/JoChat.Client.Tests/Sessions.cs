using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A server with all features, and ada's session on it.</summary>
internal static class Sessions
{
    public const Features Everything =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence;

    public static readonly Secret Password = new("abc");
    public static readonly Secret Token = new("token-1");

    /// <summary>A client that asks for nothing beyond the original protocol.</summary>
    public static JoChatClientOptions Options(this ScriptedServer server) =>
        new() { Port = server.Port, Features = Features.None };

    /// <summary>Options for all features, with next to no wait before connecting again.</summary>
    public static JoChatClientOptions FullOptions(this ScriptedServer server) => new()
    {
        Port = server.Port,
        FirstReconnectDelay = TimeSpan.FromTicks(1),
        LongestReconnectDelay = TimeSpan.FromTicks(1),
    };

    public static MessageArrived Message(long id) =>
        new(id, "bob", "ada", $"text {id}", DateTimeOffset.UnixEpoch, Away: false);

    public static MessageStored Stored(long id) => new(new StoredAs(id, DateTimeOffset.UnixEpoch));

    /// <summary>Accepts a connection and greets it.</summary>
    public static async Task<ScriptedPeer> WelcomeAsync(this ScriptedServer server, Welcome? welcome = null)
    {
        var peer = await server.AcceptAsync();
        await peer.AnswerAsync<Hello>(
            welcome ?? new Welcome("test/1", Everything, Limits.DefaultMaxFrameBytes, 256, 262144));
        return peer;
    }

    /// <summary>Accepts a connection on which ada's session is resumed.</summary>
    public static async Task<ScriptedPeer> ResumeAsync(this ScriptedServer server)
    {
        var peer = await server.WelcomeAsync();
        await peer.AnswerAsync<Resume>(new Resumed("ada", 0));
        return peer;
    }

    /// <summary>Asks for the next message.</summary>
    public static async Task<long?> NextIdAsync(this IAsyncEnumerator<MessageArrived> messages) =>
        await messages.MoveNextAsync().AsTask().OrFail() ? messages.Current.Id : null;
}
