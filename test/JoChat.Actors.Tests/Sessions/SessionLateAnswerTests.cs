using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>What was asked for before a session lost its account is no answer to what is asked after.</summary>
public sealed class SessionLateAnswerTests()
    : SessionTestKit(new SessionOptions { WindowMessages = 2, WindowBytes = 100_000 })
{
    private static readonly AccountId Bob = new(2);

    [Fact]
    public async Task A_read_that_fails_after_the_logout_leaves_the_guest_alone()
    {
        var read = await ReadBehindLogOutAsync();
        Persistence.Send(Session, new LoggedOut());
        await Client.ExpectMsgAsync<LoggedOut>();

        Persistence.Send(Session, new StoreFailed(read));
        Session.Tell(new Ping());

        await Client.ExpectMsgAsync(new Pong());
    }

    [Fact]
    public async Task A_read_that_fails_after_the_logout_does_not_refuse_the_next_login()
    {
        var read = await ReadBehindLogOutAsync();
        Session.Tell(new LogIn("ada", Password));
        Persistence.Send(Session, new LoggedOut());
        await Client.ExpectMsgAsync<LoggedOut>();
        await Persistence.ExpectMsgAsync<LookUpAccount>();

        Persistence.Send(Session, new StoreFailed(read));
        await FenceAsync();

        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task A_guest_whose_account_is_gone_is_answered_behind_the_sends_that_are_under_way()
    {
        await LogInAsync();
        Session.Tell(SendTo("bob", "1"));
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Session.Tell(new SessionEnded(SessionCloseReason.AccountDeleted));

        Session.Tell(SendTo("bob", "2"));
        await FenceAsync();

        Assert.False(Client.HasMessages);
        Persistence.Send(Session, new MessageStored());
        await Client.ExpectMsgAsync(new MessageStored());
        await Client.ExpectMsgAsync(Refusals.WrongSender);
    }

    // Acknowledged while the logout is under way, the full window asks for more.
    private async Task<ReadBacklog> ReadBehindLogOutAsync()
    {
        await LogInAsync(Features.Push | Features.Ack);
        await Persistence.ExpectMsgAsync<ReadBacklog>();
        Persistence.Send(Session, new BacklogRead(default, [Waiting(5), Waiting(6), Waiting(7)], IsLast: false));
        await Client.ExpectMsgAsync<MessageArrived>();
        await Client.ExpectMsgAsync<MessageArrived>();
        Session.Tell(new LogOut());
        Session.Tell(new Acknowledge([5, 6]));
        await Persistence.ExpectMsgAsync<EndSession>();
        await Persistence.ExpectMsgAsync<MarkReceived>();
        return await Persistence.ExpectMsgAsync<ReadBacklog>();
    }

    private static StoredMessage Waiting(long id) =>
        new(new MessageId(id), Bob, "Bob", "text", DateTimeOffset.UnixEpoch);
}
