using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A message sent again is stored once, delivered once and answered alike; a plain one costs what it did.
/// </summary>
public sealed class ClientIdTests : PersistenceTestKit
{
    [Fact]
    public async Task A_message_sent_again_is_answered_alike_and_delivered_once()
    {
        await BeginBothAsync();

        AdaSession.Send(Persistence, ToBob("hi") with { ClientId = "a" });
        AdaSession.Send(Persistence, ToBob("hi") with { ClientId = "a" });
        AdaSession.Send(Persistence, ToBob("other") with { ClientId = "a" });
        AdaSession.Send(Persistence, ToBob("next"));

        var first = await AdaSession.ExpectMsgAsync<MessageStored>();
        await AdaSession.ExpectMsgAsync(first);
        await AdaSession.ExpectMsgAsync(Refusals.ClientIdReused);
        await AdaSession.ExpectMsgAsync(new MessageStored());
        var live = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event;
        Assert.Equal((first.As!.Id, first.As.SentAt), (live.Id, live.SentAt));
        var next = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event;
        Assert.Equal("next", next.Content);
        Assert.True(next.Id > live.Id);
    }

    [Fact]
    public async Task A_recipient_is_looked_up_once_and_forgotten_with_the_account()
    {
        await BeginAsync(Ada, AdaSession);
        var lookUps = 0;
        Store.BeforeFind = () => lookUps++;
        for (var i = 0; i < 10; i++) { AdaSession.Send(Persistence, ToBob("hi")); }
        for (var i = 0; i < 10; i++) { await AdaSession.ExpectMsgAsync(new MessageStored()); }
        Assert.Equal(1, lookUps);
        await BeginAsync(Bob, BobSession);

        BobSession.Send(Persistence, new RemoveAccount(0, Bob.Id));
        await BobSession.ExpectMsgAsync<AccountDeleted>();
        AdaSession.Send(Persistence, ToBob("nobody"));

        await AdaSession.ExpectMsgAsync(Refusals.NoSuchRecipient);
    }

    [Fact]
    public async Task A_recipient_whose_sign_up_failed_with_its_batch_is_not_remembered()
    {
        await BeginAsync(Ada, AdaSession);
        Assert.True(Username.TryParse("cyd", out var cyd, out _));
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait;
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, new FindAccount(0, "BOB")); // holds the actor until both share a batch
        AdaSession.Send(Persistence, new CreateAccount(0, cyd, "hash"));
        AdaSession.Send(Persistence, ToBob("hi") with { RecipientKey = cyd.Key });
        gate.Set();
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        Store.BeforeCommit = () => { };

        AdaSession.Send(Persistence, ToBob("hi") with { RecipientKey = cyd.Key });

        await AdaSession.ExpectMsgAsync(Refusals.NoSuchRecipient);
    }
}
