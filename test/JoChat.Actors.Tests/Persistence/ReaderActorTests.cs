using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Reading beside the writer: neither holds up the other, and what fails is one request.</summary>
public sealed class ReaderActorTests : PersistenceTestKit
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    [Fact]
    public async Task What_is_durable_is_read_while_the_writer_is_in_a_commit()
    {
        await BeginAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, ToBob("durable"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        Store.BeforeCommit = () =>
        {
            entered.Set();
            gate.Wait();
        };
        AdaSession.Send(Persistence, ToBob("not yet"));
        entered.Wait();

        BobSession.Send(Reading, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 10));
        var during = await BobSession.ExpectMsgAsync<History>();
        gate.Set();
        await AdaSession.ExpectMsgAsync<MessageStored>();
        BobSession.Send(Reading, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 10));
        var after = await BobSession.ExpectMsgAsync<History>();

        Assert.Equal(["durable"], during.Messages.Select(message => message.Content));
        Assert.Equal(["durable", "not yet"], after.Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Messages_are_stored_while_a_read_takes_its_time()
    {
        await BeginAsync(Ada, AdaSession);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        BeforeRead = () =>
        {
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Reading, new FindAccounts(0, new AccountListing("%", 0, 10)));
        entered.Wait();

        AdaSession.Send(Persistence, ToBob("stored"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        gate.Set();

        Assert.Equal(["Ada", "Bob"], (await BobSession.ExpectMsgAsync<AccountsListed>()).Users
            .Select(account => account.Username));
    }

    [Fact]
    public async Task Contacts_are_listed_for_the_account_s_own_session_alone()
    {
        await BeginAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, ToBob("hello"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        var find = new FindContacts(0, Ada.Id, "Ada", "%", "", 0, 10);

        AdaSession.Send(Persistence, find);
        BobSession.Send(Persistence, find);

        Assert.Equal("Bob", Assert.Single((await AdaSession.ExpectMsgAsync<AccountsListed>()).Users).Username);
        await BobSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ListAccounts));
    }

    [Fact]
    public async Task A_read_that_fails_is_answered_and_the_next_one_succeeds()
    {
        var find = new FindConversations(0, Ada.Id, "Ada", BehindAll, 10);
        BeforeRead = () => throw new StorageException("the disk failed", isTransient: true);
        AdaSession.Send(Reading, find);
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        BeforeRead = () => { };

        AdaSession.Send(Reading, find);

        Assert.Empty((await AdaSession.ExpectMsgAsync<ConversationList>()).Conversations);
    }

    [Fact]
    public async Task What_was_delivered_is_shown_so_though_its_watermark_is_not_written_yet()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("hi"));
        var id = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        await AdaSession.ExpectMsgAsync<MessageStored>();

        BobSession.Send(Persistence, Delivered(Bob, id));
        BobSession.Send(Persistence, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 10));

        var shown = Assert.Single((await BobSession.ExpectMsgAsync<History>()).Messages);
        Assert.Equal(MessageState.Delivered, shown.State);
    }

    [Fact]
    public async Task A_disk_that_takes_no_watermark_keeps_nobody_from_reading()
    {
        await BeginAsync(Bob, BobSession);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, Delivered(Bob, 1));
        BobSession.Send(Persistence, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 10));

        Assert.Empty((await BobSession.ExpectMsgAsync<History>()).Messages);
    }

    [Fact]
    public async Task A_session_that_lost_its_account_does_not_browse_in_it()
    {
        await BeginAsync(Bob, BobSession);
        await BeginAsync(Bob, CreateProbe(), takeover: true);
        await BobSession.ExpectMsgAsync<SessionEnded>();

        BobSession.Send(Persistence, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 10));

        await BobSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.ReadHistory));
    }
}
