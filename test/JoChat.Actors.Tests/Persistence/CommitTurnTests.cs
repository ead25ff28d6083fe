using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>The commit has its turn in the mailbox, as akka.conf sets it up, and does not wait until that is empty.
/// </summary>
public sealed class CommitTurnTests()
    : PersistenceTestKit("""store-dispatcher.mailbox-type = "JoChat.Actors.FairMailbox, JoChat.Actors" """)
{
    [Fact]
    public async Task A_write_is_committed_though_another_keeps_the_actor_busy()
    {
        await BeginBothAsync();
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = () =>
        {
            entered.Set();
            gate.Wait(); // until all commands wait in the mailbox
        };
        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        entered.Wait();
        var earlier = Store.Log.Count;
        for (var i = 0; i < 20; i++) { BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, default)); }
        AdaSession.Send(Persistence, ToBob("hi"));
        gate.Set();

        await AdaSession.ExpectMsgAsync(new MessageStored());

        var before = Store.Log.Skip(earlier).TakeWhile(call => call != nameof(IChatStore.Commit)).ToList();
        Assert.Contains(nameof(IChatStore.AddMessage), before);
        Assert.InRange(before.Count(call => call == nameof(IChatStore.CountUndelivered)), 1, 3);
    }
}
