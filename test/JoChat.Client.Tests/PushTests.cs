using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>Messages that come by themselves from a server that knows no acknowledgements.</summary>
public sealed class PushTests : ClientTestKit
{
    private JoChatClientOptions Pushing =>
        Server.Options() with { Features = Features.Push, Reconnect = false };

    [Fact]
    public async Task A_client_that_wants_push_says_hello_when_it_connects()
    {
        var connecting = JoChatClient.ConnectAsync(Pushing with { ClientName = "test/1" });
        using var peer = await Server.AcceptAsync();
        var hello = await peer.AnswerAsync<Hello>(new Welcome("server/1", Features.Push, 1000, 256, 262144));
        await using var client = await connecting.OrFail();

        Assert.Equal(("test/1", Features.Push), (hello.Client, hello.Features));
        Assert.True(client.IsPushing);
    }

    [Fact]
    public async Task A_server_that_knows_no_hello_is_used_without_push()
    {
        var connecting = JoChatClient.ConnectAsync(Pushing);
        using var peer = await Server.AcceptAsync();
        await peer.AnswerAsync<Hello>(new Refused(Operation.Hello, ErrorCode.UnknownOperation, "Unknown."));
        await using var client = await connecting.OrFail();

        Assert.False(client.IsPushing);
    }

    [Fact]
    public async Task Messages_are_read_in_order_and_each_once()
    {
        var (client, peer) = await ConnectAsync();

        await peer.SendAsync(Message(1), Message(2), Message(1), Message(3));

        Assert.Equal([1, 2, 3], await ReadIdsAsync(client, 3));
    }

    [Fact]
    public async Task Messages_among_answers_disturb_neither()
    {
        var (client, peer) = await ConnectAsync();

        var count = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        await peer.SendAsync(Message(1), new UnreadCounted(4), Message(2));

        Assert.Equal(4, await count.OrFail());
        Assert.Equal([1, 2], await ReadIdsAsync(client, 2));
    }

    [Fact]
    public async Task With_a_full_buffer_answers_wait_until_messages_are_read_and_nothing_is_lost()
    {
        var (client, peer) = await ConnectAsync(buffer: 1);

        var count = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        await peer.SendAsync(Message(1), Message(2), Message(3), new UnreadCounted(4));

        // Three messages do not fit into a buffer of one, so the answer behind them cannot have been read.
        Assert.False(count.IsCompleted);
        Assert.Equal([1, 2, 3], await ReadIdsAsync(client, 3));
        Assert.Equal(4, await count.OrFail());
    }

    [Fact]
    public async Task What_came_before_the_loss_of_the_connection_is_read_before_it_is_told()
    {
        var (client, peer) = await ConnectAsync();

        await peer.SendAsync(Message(1));
        peer.Dispose();
        var ids = new List<long>();
        var reading = async () =>
        {
            await foreach (var message in client.ReadMessagesAsync()) { ids.Add(message.Id); }
        };

        await Assert.ThrowsAsync<ConnectionLostException>(() => reading().OrFail());
        Assert.Equal([1], ids);
    }

    [Fact]
    public async Task Disposing_the_client_ends_the_reading_normally()
    {
        var (client, peer) = await ConnectAsync();
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        await client.DisposeAsync();

        Assert.False(await next.OrFail());
    }

    private static MessageArrived Message(long id) =>
        new(id, "bob", "ada", "hi", DateTimeOffset.UnixEpoch, Away: false);

    private static async Task<List<long>> ReadIdsAsync(JoChatClient client, int count)
    {
        var ids = new List<long>();
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        while (ids.Count < count && await messages.MoveNextAsync().AsTask().OrFail())
        {
            ids.Add(messages.Current.Id);
        }
        return ids;
    }

    private Task<(JoChatClient Client, ScriptedPeer Peer)> ConnectAsync(int buffer = 16) =>
        GreetAsync(Pushing with { MessageBuffer = buffer }, new Welcome("server/1", Features.Push, 1000, 256, 262144));
}
