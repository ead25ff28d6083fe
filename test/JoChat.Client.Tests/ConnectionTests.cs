using System.Net;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>Order, time-outs, and the ends of a connection.</summary>
public sealed class ConnectionTests : ClientTestKit
{
    [Fact]
    public async Task Connecting_where_nothing_listens_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        await Assert.ThrowsAsync<ServerUnreachableException>(
            () => JoChatClient.ConnectAsync(new JoChatClientOptions { Port = port }).OrFail());
    }

    [Fact]
    public async Task Requests_are_pipelined_and_answered_in_order()
    {
        var (client, peer) = await ConnectAsync();

        var first = client.CountUnreadAsync();
        var second = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        await peer.ReceiveAsync<CountUnread>();
        await peer.SendAsync(new UnreadCounted(1), new UnreadCounted(2)); // without ids, like an original server

        Assert.Equal((1, 2), (await first.OrFail(), await second.OrFail()));
    }

    [Fact]
    public async Task An_answer_may_come_byte_by_byte()
    {
        var (client, peer) = await ConnectAsync();
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        JsonCodec.WriteMessage(new UnreadCounted(9), bytes);

        var count = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        for (var index = 0; index < bytes.WrittenCount; index++)
        {
            await peer.SendBytesAsync(bytes.WrittenMemory.Slice(index, 1));
        }

        Assert.Equal(9, await count.OrFail());
    }

    [Fact]
    public async Task A_request_without_an_answerTimes_out_and_its_late_answer_goes_to_nobody_else()
    {
        var (client, peer) = await ConnectAsync(Server.Options() with { Time = Time });
        await ConverseAsync(client, peer);

        var slow = client.CountUnreadAsync();
        var request = await peer.ReceiveAsync<CountUnread>();
        Time.Advance(Server.Options().RequestTimeout);
        await Assert.ThrowsAsync<RequestTimeoutException>(() => slow.OrFail());
        await peer.SendAsync(new UnreadCounted(1) { Id = request.Id });
        var next = client.CountUnreadAsync();
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(2));

        Assert.Equal(2, await next.OrFail());
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_notTimed_out()
    {
        var (client, peer) = await ConnectAsync();
        using var cancellation = new CancellationTokenSource();

        var count = client.CountUnreadAsync(cancellation.Token);
        await peer.ReceiveAsync<CountUnread>();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => count.OrFail());
    }

    [Fact]
    public async Task A_request_whose_turn_never_comesTimes_out_and_is_never_sent()
    {
        var options = Server.Options() with { Time = Time, MaxPendingRequests = 1 };
        var (client, peer) = await ConnectAsync(options);
        await ConverseAsync(client, peer);

        var first = client.CountUnreadAsync();
        var firstRequest = await peer.ReceiveAsync<CountUnread>();
        var waiting = client.DeleteMessagesAsync([1]);
        Time.Advance(Server.Options().RequestTimeout);
        await Assert.ThrowsAsync<RequestTimeoutException>(() => first.OrFail());
        await Assert.ThrowsAsync<RequestTimeoutException>(() => waiting.OrFail());
        await peer.SendAsync(new UnreadCounted(1) { Id = firstRequest.Id });
        var next = client.ListDeliveredAsync();

        // The server's next request is this one, so the one that timed out was not sent.
        await peer.AnswerAsync<ListDelivered>(new DeliveredListed([]));
        Assert.Empty(await next.OrFail());
    }

    [Fact]
    public async Task When_the_server_hangs_up_waiting_and_later_requests_fail()
    {
        var (client, peer) = await ConnectAsync();
        await ConverseAsync(client, peer);

        var waiting = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        peer.Dispose();

        await Assert.ThrowsAsync<ConnectionLostException>(() => waiting.OrFail());
        await Assert.ThrowsAsync<ConnectionLostException>(() => client.CountUnreadAsync().OrFail());
    }

    [Fact]
    public async Task Why_the_server_hung_up_is_told_in_its_words()
    {
        var (client, peer) = await ConnectAsync();

        await peer.SendAsync(new Refused(Operation.Unknown, ErrorCode.Busy, "Too many connections."));
        peer.Dispose();

        var loss = await Assert.ThrowsAsync<ConnectionLostException>(
            async () => await client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask().OrFail());
        Assert.Contains("Too many connections.", loss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_fails_waiting_requests_and_hangs_up()
    {
        var (client, peer) = await ConnectAsync();

        var waiting = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        await client.DisposeAsync();
        await client.DisposeAsync(); // does no harm

        await Assert.ThrowsAsync<ConnectionLostException>(() => waiting.OrFail());
        Assert.Null(await peer.TryReceiveAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_to_another_operation_or_request_ends_the_connection(bool isOtherOperation)
    {
        var (client, peer) = await ConnectAsync();

        var count = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();
        await peer.SendAsync(
            isOtherOperation ? new SignedUp() : new UnreadCounted(1) { Id = new RequestId("999") });

        await Assert.ThrowsAsync<ConnectionLostException>(() => count.OrFail());
    }

    [Fact]
    public async Task A_frame_over_the_limit_ends_the_connection_before_it_is_buffered()
    {
        var (client, peer) = await ConnectAsync(Server.Options() with { MaxFrameBytes = 100 });

        var count = client.CountUnreadAsync();
        await peer.SendBytesAsync(new byte[] { 0, 0, 0, 101 });

        await Assert.ThrowsAsync<ConnectionLostException>(() => count.OrFail());
    }
}
