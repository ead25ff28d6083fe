using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>Messages on their way out: each stored once, in order, whatever happens to the connection.</summary>
public sealed class SendingTests : IDisposable
{
    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_sent_message_tells_what_it_is_stored_as()
    {
        var (client, peer) = await _server.LogInAsync();
        await using var _ = client;
        using var __ = peer;

        var send = client.SendAsync("bob", "hi");
        await peer.AnswerAsync<SendMessage>(Sessions.Stored(7));

        Assert.Equal(new StoredAs(7, DateTimeOffset.UnixEpoch), await send.OrFail());
    }

    [Fact]
    public async Task A_message_with_an_id_of_the_programs_own_is_the_same_one_when_it_is_sent_again_after_a_refusal()
    {
        var (client, peer) = await _server.LogInAsync();
        await using var _ = client;
        using var __ = peer;
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
        var (client, first) = await _server.LogInAsync();
        await using var _ = client;
        var sends = new[] { client.SendAsync("bob", "1"), client.SendAsync("bob", "2"), client.SendAsync("bob", "3") };
        await first.AnswerAsync<SendMessage>(Sessions.Stored(1));
        await sends[0].OrFail();
        var before = new[] { await first.ReceiveAsync<SendMessage>(), await first.ReceiveAsync<SendMessage>() };

        first.Dispose();
        var later = client.SendAsync("bob", "4");
        using var second = await _server.ResumeAsync();
        var after = new List<SendMessage>();
        for (var id = 2; id <= 4; id++) { after.Add(await second.AnswerAsync<SendMessage>(Sessions.Stored(id))); }

        Assert.Equal(["2", "3", "4"], after.Select(message => message.Content));
        Assert.Equal(before.Select(message => message.ClientId), after.Take(2).Select(message => message.ClientId));
        var stored = await Task.WhenAll(sends[1], sends[2], later).OrFail();
        Assert.Equal([2, 3, 4], stored.Select(message => message!.Id));
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_is_no_answer()
    {
        var (client, first) = await _server.LogInAsync();
        await using var _ = client;
        var send = client.SendAsync("bob", "hi");
        var request = await first.ReceiveAsync<SendMessage>();
        var answer = first.Encode(Sessions.Stored(1).AsAnswerTo(request));

        await first.SendBytesAsync(answer[..(answer.Length / 2)]);
        first.Dispose();
        using var second = await _server.ResumeAsync();
        var again = await second.AnswerAsync<SendMessage>(Sessions.Stored(1));

        Assert.Equal(request.ClientId, again.ClientId);
        Assert.Equal(1, (await send.OrFail())!.Id);
    }

    [Fact]
    public async Task A_connection_that_breaks_again_while_resending_changes_nothing()
    {
        var (client, first) = await _server.LogInAsync();
        await using var _ = client;
        var sends = Enumerable.Range(0, 4).Select(number => client.SendAsync("bob", $"{number}")).ToArray();
        await first.ReceiveAsync<SendMessage>();
        first.Dispose();
        var second = await _server.ResumeAsync();
        await second.AnswerAsync<SendMessage>(Sessions.Stored(1));
        await sends[0].OrFail();
        second.Dispose();

        using var third = await _server.ResumeAsync();
        for (var number = 1; number < 4; number++)
        {
            var request = await third.AnswerAsync<SendMessage>(Sessions.Stored(number + 1));
            Assert.Equal($"{number}", request.Content);
        }

        Assert.Equal([1, 2, 3, 4], (await Task.WhenAll(sends).OrFail()).Select(stored => stored!.Id));
    }

    [Fact]
    public async Task A_cancelled_message_is_not_sent_again()
    {
        var (client, first) = await _server.LogInAsync();
        await using var _ = client;
        using var cancellation = new CancellationTokenSource();
        var cancelled = client.SendAsync("bob", "no", cancellation.Token);
        var wanted = client.SendAsync("bob", "yes");
        await first.ReceiveAsync<SendMessage>();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.OrFail());
        first.Dispose();
        using var second = await _server.ResumeAsync();
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
        var (client, peer) = await _server.LogInAsync();
        await using var _ = client;
        using var __ = peer;

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
        var connecting = JoChatClient.ConnectAsync(_server.FullOptions());
        using var peer = await _server.AcceptAsync();
        await peer.AnswerAsync<Hello>(new Welcome("test/1", Sessions.Everything, 300, 256, 262144));
        await using var client = await connecting.OrFail();
        var logIn = client.LogInAsync("ada", Sessions.Password);
        await peer.AnswerAsync<LogIn>(new LoggedIn(0, Sessions.Token));
        await logIn.OrFail();

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => client.SendAsync("bob", new string('x', 300)).OrFail());

        Assert.Equal(ErrorCode.FrameTooLong, refusal.Code);
        var send = client.SendAsync("bob", "short");
        Assert.Equal("short", (await peer.AnswerAsync<SendMessage>(Sessions.Stored(1))).Content);
        await send.OrFail();
    }

    [Fact]
    public async Task More_messages_than_the_bound_wait_and_keep_their_order()
    {
        const int Count = 20;
        var (client, peer) = await _server.LogInAsync(_server.FullOptions() with { MaxPendingRequests = 2 });
        await using var _ = client;
        using var __ = peer;

        var sends = Enumerable.Range(0, Count).Select(number => client.SendAsync("bob", $"{number}")).ToArray();
        for (var number = 0; number < Count; number++)
        {
            var request = await peer.AnswerAsync<SendMessage>(Sessions.Stored(number));
            Assert.Equal($"{number}", request.Content);
        }

        var stored = await Task.WhenAll(sends).OrFail();
        Assert.Equal(Enumerable.Range(0, Count), stored.Select(message => (int)message!.Id));
    }

    [Fact]
    public async Task Disposing_waits_for_no_answer()
    {
        var (client, peer) = await _server.LogInAsync();
        using var _ = peer;
        var send = client.SendAsync("bob", "hi");
        await peer.ReceiveAsync<SendMessage>();

        await client.DisposeAsync().AsTask().OrFail();

        await Assert.ThrowsAsync<ConnectionLostException>(() => send.OrFail());
        await Assert.ThrowsAsync<RefusedException>(() => client.SendAsync("bob", "hi").OrFail());
        Assert.False(_server.HasPendingConnection);
    }

    [Fact]
    public async Task To_a_server_without_client_ids_a_message_is_sent_once()
    {
        var connecting = JoChatClient.ConnectAsync(_server.FullOptions());
        var first = await _server.AcceptAsync();
        await first.AnswerAsync<Hello>(new Welcome("old/1", Features.Push, Limits.DefaultMaxFrameBytes, 0, 0));
        await using var client = await connecting.OrFail();
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
