using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>Messages on their way in: each seen once, and acknowledged once it is done with.</summary>
public sealed class ReceivingTests : ClientTestKit
{
    private JoChatClientOptions Timed => Server.FullOptions() with { Time = Time };

    [Fact]
    public async Task A_message_is_acknowledged_when_the_next_one_is_asked_for()
    {
        var (client, peer) = await LogInAsync(Timed);
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1), Sessions.Message(2), Sessions.Message(3));

        for (var id = 1; id <= 3; id++) { Assert.Equal(id, await messages.NextIdAsync()); }
        Time.Advance(Inbox.AckDelay);

        Assert.Equal<long>([1, 2], (await peer.ReceiveAsync<Acknowledge>()).Ids); // 3 is in our hands
    }

    [Fact]
    public async Task Many_acknowledgements_do_not_wait_for_the_clock()
    {
        var (client, peer) = await LogInAsync(Timed);
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        var ids = Enumerable.Range(1, Inbox.AckBatch + 1).Select(id => (long)id).ToArray();
        await peer.SendAsync([.. ids.Select(Sessions.Message)]);

        foreach (var id in ids) { Assert.Equal(id, await messages.NextIdAsync()); }

        Assert.Equal(ids[..Inbox.AckBatch], (await peer.ReceiveAsync<Acknowledge>()).Ids);
    }

    [Fact]
    public async Task What_the_loop_did_not_finish_is_the_first_of_the_next_loop()
    {
        var (client, peer) = await LogInAsync(Timed);
        await peer.SendAsync(Sessions.Message(1), Sessions.Message(2));

        await using (var left = client.ReadMessagesAsync().GetAsyncEnumerator())
        {
            Assert.Equal(1, await left.NextIdAsync());
        }
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();

        Assert.Equal(1, await messages.NextIdAsync());
        Assert.Equal(2, await messages.NextIdAsync());
    }

    [Fact]
    public async Task A_second_loop_at_the_sameTime_is_told_so()
    {
        var (client, peer) = await LogInAsync(Timed);
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1));
        await messages.NextIdAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask().OrFail());
    }

    [Fact]
    public async Task After_a_reconnect_what_was_seen_is_dropped_and_acknowledged_again()
    {
        var (client, first) = await LogInAsync();
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await first.SendAsync(Sessions.Message(11), Sessions.Message(12));
        Assert.Equal(11, await messages.NextIdAsync());
        Assert.Equal(12, await messages.NextIdAsync()); // 11 is done, 12 in our hands
        first.Dispose();

        // An older one may be new: another session has not received it.
        using var second = await Server.ResumeAsync();
        await second.SendAsync(
            Sessions.Message(5), Sessions.Message(11), Sessions.Message(12), Sessions.Message(13));

        Assert.Equal(5, await messages.NextIdAsync());
        Assert.Equal(13, await messages.NextIdAsync());
        Assert.Equal([5, 11, 12], await AcknowledgedAsync(second, 3));
    }

    [Fact]
    public async Task A_duplicate_of_what_is_still_to_be_read_is_not_acknowledged_early()
    {
        var (client, peer) = await LogInAsync(Timed);
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1), Sessions.Message(2), Sessions.Message(2), Sessions.Message(3));

        Assert.Equal(1, await messages.NextIdAsync());
        Assert.Equal(2, await messages.NextIdAsync());
        var count = client.CountUnreadAsync(); // the fence: all four are read
        Assert.Equal<long>([1], (await peer.ReceiveAsync<Acknowledge>()).Ids);
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(0));
        await count.OrFail();
        Time.Advance(Inbox.AckDelay);

        count = client.CountUnreadAsync();
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(0)); // it would fail had an acknowledgement come
        await count.OrFail();
        Assert.Equal(3, await messages.NextIdAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_read_is_acknowledged_before_the_next_request_or_logging_out(bool isLogOut)
    {
        var (client, peer) = await LogInAsync(Timed);
        var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1));
        await messages.NextIdAsync();
        var next = messages.MoveNextAsync().AsTask();

        var asking = isLogOut ? client.LogOutAsync() : client.CountUnreadAsync();
        var acknowledged = await peer.ReceiveAsync<Acknowledge>();
        if (isLogOut) { await peer.AnswerAsync<LogOut>(new LoggedOut()); }
        else { await peer.AnswerAsync<CountUnread>(new UnreadCounted(0)); }
        await asking.OrFail();

        Assert.Equal<long>([1], acknowledged.Ids);
        await client.DisposeAsync();
        Assert.False(await next.OrFail());
    }

    [Fact]
    public async Task What_was_read_is_acknowledged_at_the_end()
    {
        var (client, peer) = await LogInAsync(Timed);
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1), Sessions.Message(2), Sessions.Message(3));
        await messages.NextIdAsync();
        await messages.NextIdAsync();

        await client.DisposeAsync().AsTask().OrFail();

        Assert.Equal<long>([1], (await peer.ReceiveAsync<Acknowledge>()).Ids);
        Assert.Null(await peer.TryReceiveAsync());
        Assert.Null(await messages.NextIdAsync()); // 2 and 3 are away again
    }

    [Fact]
    public async Task Disposing_waits_no_longer_than_it_says_for_a_server_that_does_not_read()
    {
        var (client, peer) = await LogInAsync(Timed);
        var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        await peer.SendAsync(Sessions.Message(1), Sessions.Message(2));
        await messages.NextIdAsync();
        await messages.NextIdAsync();
        var text = new string('x', Limits.MaxContentBytes);
        var sends = Enumerable.Range(0, 500).Select(_ => client.SendAsync("bob", text)).ToArray(); // 32 MB

        await Time.AdvanceUntilAsync(client.DisposeAsync().AsTask(), TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<ConnectionLostException>(() => Task.WhenAll(sends).OrFail());
    }

    [Fact]
    public async Task Whoever_logs_in_next_does_not_see_the_messages_of_the_one_before()
    {
        var (client, peer) = await LogInAsync(Timed);
        await peer.SendAsync(Sessions.Message(1));
        var logOut = client.LogOutAsync();
        await peer.AnswerAsync<LogOut>(new LoggedOut());
        await logOut.OrFail();

        var logIn = client.LogInAsync("eve", Sessions.Password);
        await peer.AnswerAsync<LogIn>(new LoggedIn(0, Sessions.Token));
        await logIn.OrFail();
        await peer.SendAsync(Sessions.Message(2));

        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();
        Assert.Equal(2, await messages.NextIdAsync());
    }

    private static async Task<List<long>> AcknowledgedAsync(ScriptedPeer peer, int count)
    {
        var ids = new SortedSet<long>();
        while (ids.Count < count) { ids.UnionWith((await peer.ReceiveAsync<Acknowledge>()).Ids); }
        return [.. ids];
    }
}
