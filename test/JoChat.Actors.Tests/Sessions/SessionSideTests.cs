using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A session beside the account's own: settled by the login, and told of the inbox instead of messages.</summary>
public sealed class SessionSideTests : SessionTestKit
{
    private const Features Listening = Features.Side | Features.Push;

    [Fact]
    public async Task Acknowledgements_are_not_in_force_and_no_message_is_pushed()
    {
        Session.Submit(new Hello("test", Listening | Features.Ack));
        Assert.Equal(Listening, (await Client.ExpectMsgAsync<Welcome>()).Features);
        await LogInAsync(Listening);

        Persistence.Send(Session, new LiveMessage(
            new MessageArrived(11, "bob", "Ada", "hi", DateTimeOffset.UnixEpoch, Away: false), new AccountId(2)));
        Session.Submit(new CountUnread());

        await Persistence.ExpectMsgAsync<CountUndelivered>(); // a fence: what is undelivered would have been read first
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task The_inbox_is_told_if_asked_for_and_without_room_its_newest_message()
    {
        await LogInAsync(Listening);
        Tell(new InboxGrew(11));
        await Client.ExpectMsgAsync(new InboxGrew(11));
        Connection.HasRoom = false;
        Tell(new InboxGrew(12));
        Tell(new InboxGrew(13));
        await FenceAsync();

        Connection.HasRoom = true;
        Session.Tell(new OutputWritten(null));

        await Client.ExpectMsgAsync(new InboxGrew(13));
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task A_hello_behind_the_login_makes_no_session_a_side_session()
    {
        await LogInAsync();

        Session.Submit(new Hello("test", Listening | Features.Ack));

        Assert.Equal(Features.Push | Features.Ack, (await Client.ExpectMsgAsync<Welcome>()).Features);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
    }

    [Fact]
    public async Task A_side_session_stays_one_until_it_logs_out()
    {
        await LogInAsync(Features.Side);

        Session.Submit(new Hello("test", Features.Push | Features.Ack));
        Assert.Equal(Listening, (await Client.ExpectMsgAsync<Welcome>()).Features);
        await Persistence.ExpectMsgAsync(new ChangeFeatures(Ada.Id, Listening));
        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync<EndSession>();
        Persistence.Reply(new LoggedOut());
        await Client.ExpectMsgAsync(new LoggedOut());

        Session.Submit(new Hello("test", Features.Push | Features.Ack));
        Assert.Equal(Features.Push | Features.Ack, (await Client.ExpectMsgAsync<Welcome>()).Features);
    }

    [Fact]
    public async Task It_ends_with_its_account_and_is_told_so()
    {
        await LogInAsync(Features.Side);

        Session.Tell(new SessionEnded(SessionCloseReason.AccountDeleted));

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.AccountDeleted));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    private void Tell(ServerEvent news) => Persistence.Send(Session, new DeliverEvent(news));
}
