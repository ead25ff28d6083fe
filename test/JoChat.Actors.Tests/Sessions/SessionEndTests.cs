using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A session that someone else ends: what is under way is answered, why is told, the connection
/// closes.</summary>
public sealed class SessionEndTests : SessionTestKit
{
    private static readonly SessionEnded TakenOver = new(SessionCloseReason.TakenOver);

    [Fact]
    public async Task What_is_under_way_is_answered_before_the_reason_is_told_and_nothing_else_is_begun()
    {
        await LogInAsync(Features.Typing);
        Session.Submit(SendTo("bob", "1"));
        Session.Submit(SendTo("bob", "2"));
        Session.Submit(new CountUnread());
        var first = await Persistence.ExpectMsgAsync<StoreMessage>();
        var second = await Persistence.ExpectMsgAsync<StoreMessage>();

        Persistence.Send(Session, new Answered(first.Request, new MessageStored()));
        Persistence.Send(Session, TakenOver);
        Persistence.Send(Session, new Answered(second.Request, Refusals.WrongSender));

        await Client.ExpectMsgAsync(new MessageStored());
        await Client.ExpectMsgAsync(Refusals.WrongSender);
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task An_original_client_is_closed_without_an_event()
    {
        await LogInAsync();

        Persistence.Send(Session, TakenOver);

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task When_the_writer_is_lost_nothing_in_flight_is_answered()
    {
        await LogInAsync(Features.Typing);
        Session.Submit(SendTo("bob", "1"));
        var send = await Persistence.ExpectMsgAsync<StoreMessage>();

        Persistence.Send(Session, WriterLost.Instance);
        Persistence.Send(Session, new Answered(send.Request, new MessageStored()));

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task When_the_writer_is_lost_who_was_taken_over_is_told_so_and_nothing_else()
    {
        await LogInAsync(Features.Typing);
        Session.Submit(SendTo("bob", "1"));
        await Persistence.ExpectMsgAsync<StoreMessage>();

        Persistence.Send(Session, TakenOver);
        Persistence.Send(Session, WriterLost.Instance);

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task When_the_writer_is_lost_who_leaves_is_gone_and_who_is_a_guest_goes_on()
    {
        Persistence.Send(Session, WriterLost.Instance);
        await LogInAsync();
        Session.Tell(InputEnded.Instance);
        await Persistence.ExpectMsgAsync<EndSession>();

        Persistence.Send(Session, WriterLost.Instance);

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task When_all_accounts_are_deleted_an_original_client_is_a_guest_and_any_other_is_closed()
    {
        await LogInAsync();
        Session.Submit(new ChangePassword(Password, Password));
        await VerifyAsync();
        await Passwords.ExpectMsgAsync<HashPassword>();

        Persistence.Send(Session, new SessionEnded(SessionCloseReason.AccountDeleted));
        Passwords.Reply(new PasswordHashed(0, "new"));
        await Persistence.ExpectMsgAsync(new ReplacePassword(0, Ada, "new")); // where it is refused
        Persistence.Reply(Refusals.NotLoggedIn(Operation.ChangePassword));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ChangePassword));
        Session.Submit(new CountUnread());
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));

        await LogInAsync(Features.Typing);
        Persistence.Send(Session, new SessionEnded(SessionCloseReason.AccountDeleted));
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.AccountDeleted));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_half_dead_connection_is_closed_at_once()
    {
        await LogInAsync(Features.Typing);
        Connection.HasRoom = false;
        Session.Submit(new CountUnread());

        Persistence.Send(Session, TakenOver);

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task What_comes_too_late_marks_nothing()
    {
        await LogInAsync(Features.Push | Features.Typing);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Session.Submit(new ChangePassword(Password, Password)); // keeps the session until it is answered
        await Persistence.ExpectMsgAsync<FindAccount>();

        Persistence.Send(Session, TakenOver);
        Session.Tell(new OutputWritten(new MessageArrived(11, "bob", "Ada", "hi", default, Away: false)));
        Session.Submit(new Acknowledge([11]));
        Session.Submit(new CountUnread());
        Persistence.Send(Session, new UndeliveredRead(
            default, [new StoredMessage(new MessageId(12), new AccountId(2), "bob", "hers now", default)], IsLast: true));
        Persistence.Send(Session, new StoreFailed(0));
        Persistence.Reply(new AccountFound(0, Ada));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new PasswordVerified(0, IsRight: true, BetterHash: null));
        await Passwords.ExpectMsgAsync<HashPassword>();
        Passwords.Reply(new PasswordHashed(0, "new"));

        await Persistence.ExpectMsgAsync(new ReplacePassword(0, Ada, "new"));
        Persistence.Reply(new PasswordChanged()); // who knows the password is its owner
        await Client.ExpectMsgAsync(new PasswordChanged());
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
    }

    [Fact]
    public async Task A_stopping_server_says_so_behind_the_last_answer_when_the_account_is_free()
    {
        await LogInAsync(Features.Typing);
        Session.Submit(SendTo("bob", "last"));
        Session.Tell(InputEnded.ByServer);
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new MessageStored());
        await Client.ExpectMsgAsync(new MessageStored());

        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id));
        Assert.False(Client.HasMessages);
        Persistence.Reply(new LoggedOut());

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_stopping_server_tells_a_guest_that_said_hello()
    {
        Session.Submit(new Hello("test", Features.None));
        Session.Tell(InputEnded.ByServer);

        await Client.ExpectMsgAsync<Welcome>();
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_client_that_leaves_by_itself_is_told_nothing()
    {
        Session.Submit(new Hello("test", Features.None));
        Session.Tell(InputEnded.Instance);

        await Client.ExpectMsgAsync<Welcome>();
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }
}
