using JoChat.Protocol;

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
        Session.Tell(SendTo("bob", "1"));
        Session.Tell(SendTo("bob", "2"));
        Session.Tell(new CountUnread());
        await Persistence.ExpectMsgAsync(StoreFor("BOB", "1"));
        await Persistence.ExpectMsgAsync(StoreFor("BOB", "2"));

        Persistence.Send(Session, new MessageStored());
        Persistence.Send(Session, TakenOver);
        Persistence.Send(Session, Refusals.WrongSender);

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
    public async Task When_all_accounts_are_deleted_an_original_client_is_a_guest_and_any_other_is_closed()
    {
        await LogInAsync();
        Session.Tell(new ChangePassword(Password, Password));
        await Persistence.ExpectMsgAsync<LookUpAccount>();
        Persistence.Reply(new AccountLookedUp(Ada));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new PasswordVerified(IsRight: true, BetterHash: null));
        await Passwords.ExpectMsgAsync<HashPassword>();

        Persistence.Send(Session, new SessionEnded(SessionCloseReason.AccountDeleted));
        Passwords.Reply(new PasswordHashed("new"));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ChangePassword));
        Session.Tell(new CountUnread());
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
        Session.Tell(new CountUnread());

        Persistence.Send(Session, TakenOver);

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task What_comes_too_late_marks_nothing()
    {
        await LogInAsync(Features.Push | Features.Typing);
        await Persistence.ExpectMsgAsync<ReadBacklog>();
        Session.Tell(new ChangePassword(Password, Password)); // keeps the session until it is answered
        await Persistence.ExpectMsgAsync<LookUpAccount>();

        Persistence.Send(Session, TakenOver);
        Session.Tell(new OutputWritten(new MessageArrived(11, "bob", "Ada", "hi", default, Away: false)));
        Session.Tell(new Acknowledge([11]));
        Session.Tell(new CountUnread());
        Persistence.Send(Session, new StoreFailed(new ReadBacklog(Ada.Id, default, 1, 1)));
        Persistence.Send(Session, new AccountLookedUp(Ada));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new PasswordVerified(IsRight: true, BetterHash: null));
        await Passwords.ExpectMsgAsync<HashPassword>();
        Passwords.Reply(new PasswordHashed("new"));

        await Persistence.ExpectMsgAsync(new ReplacePassword(Ada.Id, "new")); // where it is refused
        Persistence.Reply(Refusals.NotLoggedIn(Operation.ChangePassword));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ChangePassword));
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.TakenOver));
    }

    [Fact]
    public async Task A_stopping_server_says_so_behind_the_last_answer_when_the_account_is_free()
    {
        await LogInAsync(Features.Typing);
        Session.Tell(SendTo("bob", "last"));
        Session.Tell(InputEnded.ByServer);
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new MessageStored());
        await Client.ExpectMsgAsync(new MessageStored());

        await Persistence.ExpectMsgAsync(new EndSession(Ada.Id));
        Assert.False(Client.HasMessages);
        Persistence.Reply(new LoggedOut());

        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_stopping_server_tells_a_guest_that_said_hello()
    {
        Session.Tell(new Hello("test", Features.None));
        Session.Tell(InputEnded.ByServer);

        await Client.ExpectMsgAsync<Welcome>();
        await Client.ExpectMsgAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_client_that_leaves_by_itself_is_told_nothing()
    {
        Session.Tell(new Hello("test", Features.None));
        Session.Tell(InputEnded.Instance);

        await Client.ExpectMsgAsync<Welcome>();
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }
}
