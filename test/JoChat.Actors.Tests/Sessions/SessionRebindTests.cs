using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A session whose writer is lost keeps its connection, acts for nobody, and binds again.</summary>
public sealed class SessionRebindTests : SessionTestKit
{
    private const Features Acks = Features.Push | Features.Ack;
    private static readonly AccountId Bob = new(2);

    [Fact]
    public async Task It_asks_for_its_account_with_what_was_delivered_to_it_since()
    {
        await LogInAsync(Acks);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, new UndeliveredRead(default, [Waiting(5), Waiting(6), Waiting(7)], IsLast: false));
        await Client.ReceiveAsync(3);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();

        Lose();
        Session.Submit(new Acknowledge([5, 6]));
        Persistence.Send(Session, WriterFound.Instance);

        var rebind = await Persistence.ExpectMsgAsync<RebindSession>();
        Assert.Equal(Ada.Id, rebind.Login.Id);
        Assert.Equal(SessionLogin.MarkOf(Ada.PasswordHash), rebind.Login.PasswordMark);
        Assert.Equal((Acks, new MessageId(6)), (rebind.Features, rebind.DeliveredThrough));
        Persistence.Reply(new SessionRebound(0));
        Assert.Equal(new MessageId(7), (await Persistence.ExpectMsgAsync<ReadUndelivered>()).After);
    }

    [Fact]
    public async Task Who_had_been_pushed_all_there_was_says_so_though_it_was_nothing()
    {
        await LogInAsync(Acks, liveAfter: 10);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Reply(new UndeliveredRead(default, [], IsLast: true));
        await Client.ExpectMsgAsync(new QueueEmptied());

        Lose();
        Persistence.Send(Session, WriterFound.Instance);

        Assert.Equal(new MessageId(10), (await Persistence.ExpectMsgAsync<RebindSession>()).DeliveredThrough);
    }

    [Fact]
    public async Task What_the_writer_before_has_read_and_an_answer_without_a_writer_are_not_taken_for_its_own()
    {
        await LogInAsync(Acks);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Lose();
        Persistence.Send(Session, new StoreFailed(0)); // of the read: there was no link for it
        Persistence.Send(Session, new UndeliveredRead(default, [Waiting(5)], IsLast: true));
        Persistence.Send(Session, new LiveMessage(
            new MessageArrived(6, "bob", "Ada", "text", default, Away: false), Bob));

        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();
        await FenceAsync();

        Assert.False(Client.HasMessages);
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task It_asks_again_if_the_store_fails_and_once_for_each_writer()
    {
        await LogInAsync();
        Lose();
        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();
        Persistence.Send(Session, WriterFound.Instance); // is asked already
        Persistence.Reply(new StoreFailed(0));
        await AdvanceAsync(seconds: 1);
        await Persistence.ExpectMsgAsync<RebindSession>();

        Lose();
        Persistence.Send(Session, WriterFound.Instance);

        await Persistence.ExpectMsgAsync<RebindSession>();
        Persistence.Reply(new SessionRebound(0));
        Session.Submit(new CountUnread());
        await Persistence.ExpectMsgAsync<CountUndelivered>();
    }

    [Theory]
    [InlineData(SessionCloseReason.TakenOver)]
    [InlineData(SessionCloseReason.AccountDeleted)]
    [InlineData(SessionCloseReason.Revoked)]
    public async Task Who_cannot_have_its_account_again_is_told_why_and_nothing_is_done_for_it(SessionCloseReason reason)
    {
        await LogInAsync(Features.Typing);
        Lose();
        Session.Submit(SendTo("bob", "hi"));
        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();

        Persistence.Reply(new RebindRefused(0, reason));

        await Client.ExpectMsgAsync(new SessionClosed(reason));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task An_original_client_whose_account_is_gone_goes_on_as_a_guest()
    {
        await LogInAsync();
        Lose();
        Session.Submit(new CountUnread());
        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();

        Persistence.Reply(new RebindRefused(0, SessionCloseReason.AccountDeleted));

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
        Assert.False(Connection.IsLoggedIn);
    }

    [Fact]
    public async Task What_was_asked_before_the_input_ended_is_still_done()
    {
        await LogInAsync();
        Lose();
        Session.Submit(SendTo("bob", "hi"));
        Session.Tell(InputEnded.Instance);
        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();
        Persistence.Reply(new SessionRebound(0));

        await Persistence.ExpectMsgAsync(StoreFor("BOB", "hi"));
        Persistence.Reply(new MessageStored());
        await Client.ExpectMsgAsync(new MessageStored());
        await Persistence.ExpectMsgAsync<EndSession>();
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_a_writer()
    {
        await LogInAsync(Features.Typing);
        Lose();
        Session.Submit(SendTo("bob", "hi"));

        Session.Tell(InputEnded.ByServer);

        await Client.ExpectMsgAsync(Refusals.StorageUnavailable(Operation.SendMessage));
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task Who_leaves_when_no_link_stands_is_gone()
    {
        await LogInAsync(Features.Push);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Session.Tell(InputEnded.Instance);
        var end = await Persistence.ExpectMsgAsync<EndSession>();

        Persistence.Send(Session, new StoreFailed(0)); // of the read
        await FenceAsync();
        Assert.False(Client.HasMessages);
        Persistence.Send(Session, new StoreFailed(end.Request));

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task Presence_is_watched_again_until_the_client_watches_nobody()
    {
        await LogInAsync(Features.Presence);
        await WatchAsync("bob");
        await BindAgainAsync();
        await AdvanceAsync(seconds: 5);
        var again = await Persistence.ExpectMsgAsync<WatchAgain>();
        Assert.Equal("BOB", Assert.Single(again.NameKeys));
        Persistence.Reply(new StoreFailed(0));
        await AdvanceAsync(seconds: 1);
        await Persistence.ExpectMsgAsync<WatchAgain>();

        await WatchAsync();
        await BindAgainAsync();
        await AdvanceAsync(seconds: 6);
        await FenceAsync();
        Assert.False(Persistence.HasMessages);
    }

    // Nothing is asked before.
    private async Task AdvanceAsync(int seconds)
    {
        await FenceAsync();
        Assert.False(Persistence.HasMessages);
        Time.Advance(TimeSpan.FromSeconds(seconds));
    }

    private async Task WatchAsync(params string[] names)
    {
        Session.Submit(new AskPresence([.. names]));
        await Persistence.ExpectMsgAsync<FindPresent>();
        Persistence.Reply(new PresenceOf([]));
        await Client.ExpectMsgAsync<PresenceOf>();
    }

    private async Task BindAgainAsync()
    {
        Lose();
        Persistence.Send(Session, WriterFound.Instance);
        await Persistence.ExpectMsgAsync<RebindSession>();
        Persistence.Reply(new SessionRebound(0));
    }

    private void Lose() => Persistence.Send(Session, WriterLost.Instance);

    private static StoredMessage Waiting(long id) => new(new MessageId(id), Bob, "bob", "text", DateTimeOffset.UnixEpoch);
}
