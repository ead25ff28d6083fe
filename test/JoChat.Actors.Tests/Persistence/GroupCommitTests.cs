using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Stored first, acknowledged second, delivered third; many writes share one sync.</summary>
public sealed class GroupCommitTests : PersistenceTestKit
{
    [Fact]
    public async Task Nobody_hears_of_a_message_before_it_is_durable()
    {
        await BeginBothAsync();
        var heardBefore = false;
        Store.BeforeCommit = () => heardBefore |= AdaSession.HasMessages || BobSession.HasMessages;

        AdaSession.Send(Persistence, ToBob("hi"));
        AdaSession.Send(Persistence, new CountUndelivered(0, Ada.Id, default)); // a read behind it must wait as well

        await AdaSession.ExpectMsgAsync(new MessageStored());
        await AdaSession.ExpectMsgAsync<UnreadCounted>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        Assert.False(heardBefore);
    }

    [Fact]
    public async Task Writes_that_wait_in_the_mailbox_share_one_commit()
    {
        const int Count = 100;
        await BeginAsync(Ada, AdaSession);
        var commits = Store.Commits;
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // the first write is held until all have come

        for (var i = 0; i < Count; i++) { AdaSession.Send(Persistence, ToBob($"{i}")); }
        gate.Set();
        for (var i = 0; i < Count; i++) { await AdaSession.ExpectMsgAsync(new MessageStored()); }

        // The first write told the actor to commit when only a part of the others may have come.
        Assert.InRange(Store.Commits - commits, 1, 2);
    }

    [Fact]
    public async Task A_failed_commit_refuses_all_that_was_in_it_and_delivers_nothing()
    {
        await BeginBothAsync();
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        AdaSession.Send(Persistence, ToBob("lost"));
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        Store.BeforeCommit = () => { };

        AdaSession.Send(Persistence, ToBob("kept"));

        await AdaSession.ExpectMsgAsync(new MessageStored());
        Assert.Equal("kept", (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Content);
    }

    [Fact]
    public async Task A_read_in_a_batch_that_fails_is_answered_without_what_is_undone()
    {
        await BeginAsync(Ada, AdaSession);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // holds the actor before its batch, until all commands wait in its mailbox
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);

        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        AdaSession.Send(Persistence, ToBob("lost"));
        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        BobSession.Send(Persistence, new ReadUndelivered(Bob.Id, default, 10, 10_000));
        gate.Set();

        await AdaSession.ExpectMsgAsync<StoreFailed>();
        await BobSession.ExpectMsgAsync(new AccountFound(0, Bob));
        await BobSession.ExpectMsgAsync(new AccountFound(0, Bob));
        Assert.Empty((await BobSession.ExpectMsgAsync<UndeliveredRead>()).Messages);
    }

    [Fact]
    public async Task A_commit_that_fails_while_a_count_waits_for_it_ends_nothing()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("hi"));
        var id = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        await AdaSession.ExpectMsgAsync<MessageStored>();
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // holds the actor before its batch, until all commands wait in its mailbox
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);

        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        AdaSession.Send(Persistence, ToBob("lost"));
        BobSession.Send(Persistence, Delivered(Bob, id));
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(id)));
        AdaSession.Send(Persistence, new EndSession(0, Ada.Id, new LoginId(1)));
        gate.Set();

        await BobSession.ExpectMsgAsync<AccountFound>();
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        Assert.Equal(0, (await BobSession.ExpectMsgAsync<UnreadCounted>()).Count);
        await AdaSession.ExpectMsgAsync<StoreFailed>(); // the token could not be revoked
        Store.BeforeCommit = () => { };
        AdaSession.Send(Persistence, ToBob("kept"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
    }

    [Fact]
    public async Task A_message_to_nobody_is_refused_and_harms_no_other_in_its_batch()
    {
        await BeginAsync(Ada, AdaSession);

        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("x") with { RecipientKey = "NOBODY" });
        AdaSession.Send(Persistence, ToBob("2"));

        await AdaSession.ExpectMsgAsync(new MessageStored());
        await AdaSession.ExpectMsgAsync(Refusals.NoSuchRecipient);
        await AdaSession.ExpectMsgAsync(new MessageStored());
        Assert.Equal(2, await BeginAsync(Bob, BobSession));
    }
}

/// <summary>The bounds of a batch.</summary>
public sealed class BatchBoundTests : PersistenceTestKit
{
    private protected override PersistenceOptions Options => new() { MaxBatchWrites = 10, MaxBatchBytes = 1000 };

    [Theory]
    [InlineData("x", 1, 10)] // bounded by the number
    [InlineData("x", 500, 2)] // bounded by the bytes
    [InlineData("é", 250, 2)] // of UTF-8, not by the characters
    public async Task A_batch_that_is_full_is_committed_before_more_is_taken(string text, int times, int perBatch)
    {
        const int Count = 100;
        var content = string.Concat(Enumerable.Repeat(text, times));
        await BeginAsync(Ada, AdaSession);
        var commits = Store.Commits;

        for (var i = 0; i < Count; i++) { AdaSession.Send(Persistence, ToBob(content)); }
        for (var i = 0; i < Count; i++) { await AdaSession.ExpectMsgAsync(new MessageStored()); }

        Assert.InRange(Store.Commits - commits, Count / perBatch, Count);
    }
}
