using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>What was asked for before a session lost its account is no answer to what is asked after.</summary>
public sealed class SessionLateAnswerTests()
    : SessionTestKit(new SessionOptions { WindowMessages = 2, WindowBytes = 100_000 })
{
    private static readonly AccountId Bob = new(2);

    [Fact]
    public async Task A_read_that_fails_after_the_logout_harms_neither_the_guest_nor_the_next_login()
    {
        var logOut = await ReadBehindLogOutAsync();
        Persistence.Send(Session, new Answered(logOut.Request, new LoggedOut()));
        await Client.ExpectMsgAsync<LoggedOut>();
        Persistence.Send(Session, new StoreFailed(0));
        Session.Submit(new LogIn("ada", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();

        Persistence.Send(Session, new StoreFailed(0));
        await FenceAsync();

        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task A_guest_whose_account_is_gone_is_answered_behind_the_sends_that_are_under_way()
    {
        await LogInAsync();
        Session.Submit(SendTo("bob", "1"));
        var store = await Persistence.ExpectMsgAsync<StoreMessage>();
        Session.Tell(new SessionEnded(SessionCloseReason.AccountDeleted));

        Session.Submit(SendTo("bob", "2"));
        await FenceAsync();

        Assert.False(Client.HasMessages);
        Persistence.Send(Session, new Answered(store.Request, new MessageStored()));
        await Client.ExpectMsgAsync(new MessageStored());
        await Client.ExpectMsgAsync(Refusals.WrongSender);
    }

    // Acknowledged while the logout is under way, the full window asks for more.
    private async Task<EndSession> ReadBehindLogOutAsync()
    {
        await LogInAsync(Features.Push | Features.Ack);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, new UndeliveredRead(default, [Waiting(5), Waiting(6), Waiting(7)], IsLast: false));
        await Client.ExpectMsgAsync<MessageArrived>();
        await Client.ExpectMsgAsync<MessageArrived>();
        Session.Submit(new LogOut());
        Session.Submit(new Acknowledge([5, 6]));
        var logOut = await Persistence.ExpectMsgAsync<EndSession>();
        await Persistence.ExpectMsgAsync<ConfirmDelivery>();
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        return logOut;
    }

    private static StoredMessage Waiting(long id) =>
        new(new MessageId(id), Bob, "Bob", "text", DateTimeOffset.UnixEpoch);
}
