using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>Messages on their way out: each stored once, in order, whatever happens to the connection.</summary>
public sealed class SendingTests : ClientTestKit
{
    [Fact]
    public async Task A_sent_message_tells_what_it_is_stored_as()
    {
        var (client, peer) = await LogInAsync();

        var send = client.SendAsync("bob", "hi");
        await peer.AnswerAsync<SendMessage>(Sessions.Stored(7));

        Assert.Equal(new StoredAs(7, DateTimeOffset.UnixEpoch), await send.OrFail());
    }

    [Fact]
    public async Task A_message_with_an_id_of_the_programs_own_is_the_same_one_when_it_is_sent_again_after_a_refusal()
    {
        var (client, peer) = await LogInAsync();
        var send = client.SendAsync("bob", "hi", "mine-1");
        var first = await peer.AnswerAsync<SendMessage>(Refusals.StorageUnavailable(Operation.SendMessage));
        await Assert.ThrowsAsync<RefusedException>(() => send.OrFail());

        var sentAgain = client.SendAsync("bob", "hi", "mine-1");
        var second = await peer.AnswerAsync<SendMessage>(Sessions.Stored(7));

        Assert.Equal(7, (await sentAgain.OrFail())!.Id);
        Assert.Equal(("mine-1", "mine-1"), (first.ClientId, second.ClientId));
    }

    [Fact]
    public void Client_ids_rise_and_no_two_clients_share_them()
    {
        var (first, second) = (new ClientIds(), new ClientIds());

        string[] ids = [.. Enumerable.Range(0, 300).Select(_ => first.Next())];

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.Equal(300, ids.Distinct().Count());
        Assert.NotEqual(ids[0][..16], second.Next()[..16]);
        Assert.True(ids[0].Length <= Limits.MaxClientIdBytes);
    }

    [Fact]
    public async Task What_has_no_answer_is_sent_again_in_order_and_before_later_messages()
    {
        var (client, first) = await LogInAsync();
        var sends = new[] { client.SendAsync("bob", "1"), client.SendAsync("bob", "2"), client.SendAsync("bob", "3") };
        await first.AnswerAsync<SendMessage>(Sessions.Stored(1));
        await sends[0].OrFail();
        var before = new[] { await first.ReceiveAsync<SendMessage>(), await first.ReceiveAsync<SendMessage>() };

        first.Dispose();
        var later = client.SendAsync("bob", "4");
        using var second = await Server.ResumeAsync();
        var after = new List<SendMessage>();
        for (var id = 2; id <= 4; id++) { after.Add(await second.AnswerAsync<SendMessage>(Sessions.Stored(id))); }

        Assert.Equal(["2", "3", "4"], after.Select(message => message.Content));
        Assert.Equal(before.Select(message => message.ClientId), after.Take(2).Select(message => message.ClientId));
        var stored = await Task.WhenAll(sends[1], sends[2], later).OrFail();
        Assert.Equal([2, 3, 4], stored.Select(message => message!.Id));
    }

    [Fact]
    public async Task A_cancelled_message_is_not_sent_again()
    {
        var (client, first) = await LogInAsync();
        using var cancellation = new CancellationTokenSource();
        var cancelled = client.SendAsync("bob", "no", cancellation.Token);
        var wanted = client.SendAsync("bob", "yes");
        await first.ReceiveAsync<SendMessage>();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.OrFail());
        first.Dispose();
        using var second = await Server.ResumeAsync();
        var request = await second.AnswerAsync<SendMessage>(Sessions.Stored(1));

        Assert.Equal("yes", request.Content);
        await wanted.OrFail();
    }

    [Theory]
    [InlineData(ErrorCode.Busy)]
    [InlineData(ErrorCode.StorageUnavailable)]
    [InlineData(ErrorCode.NoSuchRecipient)]
    public async Task A_refusal_goes_to_the_sender_and_nothing_is_sent_again(ErrorCode code)
    {
        var (client, peer) = await LogInAsync();

        var send = client.SendAsync("bob", "hi");
        await peer.AnswerAsync<SendMessage>(new Refused(Operation.SendMessage, code, "No."));

        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => send.OrFail())).Code);
        var count = client.CountUnreadAsync();
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(0)); // the next thing the server hears of
        await count.OrFail();
    }

    [Fact]
    public async Task What_the_server_would_hang_up_on_is_never_sent()
    {
        var (client, peer) = await LogInAsync(
            welcome: new Welcome("test/1", Sessions.Everything, MaxFrameBytes: 300, 256, 262144));

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => client.SendAsync("bob", new string('x', 300)).OrFail());

        Assert.Equal(ErrorCode.FrameTooLong, refusal.Code);
        var send = client.SendAsync("bob", "short");
        Assert.Equal("short", (await peer.AnswerAsync<SendMessage>(Sessions.Stored(1))).Content);
        await send.OrFail();
    }

    [Fact]
    public async Task A_text_that_is_too_long_only_as_it_is_encoded_is_refused_with_both_of_its_sizes()
    {
        var (client, _) = await LogInAsync(
            welcome: new Welcome("test/1", Sessions.Everything, MaxFrameBytes: 1000, 256, 262144));

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => client.SendAsync("bob", new string('\u0001', 200)).OrFail());

        Assert.Matches(
            "^The text of 200 bytes becomes 1,[0-9]{3} bytes as it is sent; this server takes at most 1,000\\.$",
            refusal.Message);
    }

    [Fact]
    public async Task Disposing_waits_for_no_answer()
    {
        var (client, peer) = await LogInAsync();
        var send = client.SendAsync("bob", "hi");
        await peer.ReceiveAsync<SendMessage>();

        await client.DisposeAsync().AsTask().OrFail();

        await Assert.ThrowsAsync<ConnectionLostException>(() => send.OrFail());
        await Assert.ThrowsAsync<RefusedException>(() => client.SendAsync("bob", "hi").OrFail());
        Assert.False(Server.HasPendingConnection);
    }

    [Fact]
    public async Task To_a_server_without_client_ids_a_message_is_sent_once()
    {
        var (client, first) = await GreetAsync(
            welcome: new Welcome("old/1", Features.Push, Limits.DefaultMaxFrameBytes, 0, 0));
        var logIn = client.LogInAsync("ada", Sessions.Password);
        Assert.False((await first.AnswerAsync<LogIn>(new LoggedIn(0))).WantsToken);
        await logIn.OrFail();

        var send = client.SendAsync("bob", "hi");
        var request = await first.ReceiveAsync<SendMessage>();
        first.Dispose();

        Assert.Null(request.ClientId);
        await Assert.ThrowsAsync<ConnectionLostException>(() => send.OrFail());
    }
}
