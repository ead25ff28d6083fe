using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>How requests about other people are judged and handed on.</summary>
public sealed class SessionConversationTests : SessionTestKit
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    [Fact]
    public async Task Counts_are_capped_and_no_before_means_from_the_newest()
    {
        await LogInAsync();

        Session.Submit(new ListConversations(null, int.MaxValue));
        await Persistence.ExpectMsgAsync(
            new FindConversations(0, Ada.Id, "Ada", BehindAll, Limits.MaxListedConversations));
        Persistence.Reply(new ConversationList([]));
        Session.Submit(new ReadHistory("Bob", 12, int.MaxValue));

        await Persistence.ExpectMsgAsync(
            new FindHistory(0, Ada.Id, "Ada", "BOB", new MessageId(12), Limits.MaxHistoryMessages));
    }

    [Fact]
    public async Task Nonsense_is_refused_by_its_own_text()
    {
        await LogInAsync();

        Session.Submit(new ListConversations(null, -1));
        Session.Submit(new ReadHistory("bob", null, -1));
        Session.Submit(new ReadHistory(null, null));
        Session.Submit(new MarkRead(string.Empty, 1));
        Session.Submit(new MarkRead("bob", null));
        Session.Submit(new Typing(null));
        Session.Submit(new AskPresence([.. Enumerable.Repeat("bob", Limits.MaxPresenceNames + 1)]));

        await Client.ExpectMsgAsync(Refusals.InvalidPage(Operation.ListConversations));
        await Client.ExpectMsgAsync(Refusals.InvalidPage(Operation.ReadHistory));
        await Client.ExpectMsgAsync(Refusals.NoUsername(Operation.ReadHistory));
        await Client.ExpectMsgAsync(Refusals.NoUsername(Operation.MarkRead));
        Assert.Equal(ErrorCode.InvalidData, (await Client.ExpectMsgAsync<Refused>()).Code);
        await Client.ExpectMsgAsync(Refusals.NoUsername(Operation.Typing));
        await Client.ExpectMsgAsync(Refusals.TooManyNames);
        Assert.False(Persistence.HasMessages || Reader.HasMessages);
    }

    [Fact]
    public async Task A_name_that_cannot_exist_is_answered_like_one_that_does_not()
    {
        await LogInAsync();

        Session.Submit(new ReadHistory("no name", null));
        Session.Submit(new MarkRead("no name", 1));
        Session.Submit(new Typing("no name"));
        Session.Submit(new AskPresence(["no name", "bob", "BOB"]));

        Assert.Empty((await Client.ExpectMsgAsync<History>()).Messages);
        await Client.ExpectMsgAsync(new MarkedRead());
        await Client.ExpectMsgAsync(new TypingNoted());
        Assert.Equal("BOB", Assert.Single((await Persistence.ExpectMsgAsync<FindPresent>()).NameKeys));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(Limits.MaxClientIdBytes / 2, true)]
    [InlineData(0, false)]
    [InlineData((Limits.MaxClientIdBytes / 2) + 1, false)]
    public async Task A_client_id_has_1_to_64_bytes(int length, bool isValid)
    {
        await LogInAsync();
        var id = new string('é', length);

        Session.Submit(SendTo("bob", "hi") with { ClientId = id });

        if (isValid) { await Persistence.ExpectMsgAsync(StoreFor("BOB", "hi") with { ClientId = id }); }
        else { await Client.ExpectMsgAsync(Refusals.InvalidClientId); }
    }

    [Fact]
    public async Task What_is_still_being_read_when_another_session_takes_over_is_not_shown()
    {
        await LogInAsync();
        Session.Submit(new ReadHistory("Bob", null, 10));
        await Persistence.ExpectMsgAsync<FindHistory>();

        Session.Tell(new SessionEnded(SessionCloseReason.TakenOver));
        Persistence.Reply(new History([]));

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ReadHistory));
    }

    [Fact]
    public async Task What_is_still_being_read_when_the_account_is_deleted_is_not_shown_to_the_guest()
    {
        await LogInAsync();
        Session.Submit(new ListConversations(null, 10));
        Session.Submit(new Ping());
        await Persistence.ExpectMsgAsync<FindConversations>();

        Session.Tell(new SessionEnded(SessionCloseReason.AccountDeleted));
        Persistence.Reply(new ConversationList([]));

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ListConversations));
        await Client.ExpectMsgAsync(new Pong());
    }

    [Fact]
    public async Task A_read_that_fails_is_refused_and_the_session_goes_on()
    {
        await LogInAsync();
        Session.Submit(new ReadHistory("Bob", null, 10));
        var find = await Persistence.ExpectMsgAsync<FindHistory>();

        Persistence.Reply(new StoreFailed(0));
        Session.Submit(new Ping());

        await Client.ExpectMsgAsync(Refusals.StorageUnavailable(Operation.ReadHistory));
        await Client.ExpectMsgAsync(new Pong());
    }

    [Fact]
    public async Task A_guest_is_refused_but_may_ping()
    {
        Session.Submit(new ListConversations(null));
        Session.Submit(new ChangePassword(Password, Password));
        Session.Submit(new Typing("bob"));
        Session.Submit(new Ping());

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ListConversations));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ChangePassword));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.Typing));
        await Client.ExpectMsgAsync(new Pong());
    }
}
