using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Deleting all that one person sent, a message at a time here.</summary>
public sealed class DeletionTests : PersistenceTestKit
{
    private const int Sent = 3;

    private readonly TaskCompletionSource _foundNoMore = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _before; // how many calls there were before the deletion

    private protected override PersistenceOptions Options => new() { DeletedAtOnce = 1 };

    [Fact]
    public async Task Others_are_served_between_two_slices()
    {
        await BeginAndSendAsync();
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // until all wait in the mailbox
        AdaSession.Send(Persistence, new FindAccount(0, "BOB"));
        Delete();
        AdaSession.Send(Persistence, ToBob("meanwhile"));
        gate.Set();

        Assert.Equal("meanwhile", (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Content);
        await BobSession.ExpectMsgAsync(new DeletedFrom(Sent));

        await AdaSession.ExpectMsgAsync<AccountFound>();
        await AdaSession.ExpectMsgAsync<MessageStored>();
        string[] served = [.. Store.Log.Skip(_before).Where(call => call is nameof(IChatStore.DeleteFrom) or nameof(IChatStore.AddMessage))];
        Assert.Equal(
            [nameof(IChatStore.DeleteFrom), nameof(IChatStore.AddMessage), nameof(IChatStore.DeleteFrom)], served[..3]);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_take_over_neither_ends_it_nor_takes_its_answer()
    {
        await BeginAndSendAsync();
        Delete();
        await BeginAsync(Bob, CreateProbe("other"), takeover: true);

        var told = await BobSession.ReceiveAsync(2);

        Assert.Contains(new SessionEnded(SessionCloseReason.TakenOver), told);
        Assert.Contains(new Answered(0, new DeletedFrom(Sent)), told);
    }

    [Fact]
    public async Task It_goes_on_when_nobody_waits_for_it_any_more()
    {
        await BeginAndSendAsync();
        Delete();
        Sys.Stop(BobSession.Ref);

        await _foundNoMore.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await FenceAsync();
        Assert.Equal(0, await BeginAsync(Bob, CreateProbe("again")));
    }

    [Fact]
    public async Task A_slice_that_fails_is_told_and_what_is_left_is_deleted_by_the_next()
    {
        await BeginAndSendAsync();
        var commits = 0;
        Store.BeforeCommit = () =>
        {
            if (++commits == 2) { throw new StorageException("disk full", isTransient: true); }
        };
        Delete();
        await BobSession.ExpectMsgAsync<StoreFailed>();

        Delete();

        await BobSession.ExpectMsgAsync(new DeletedFrom(Sent - 1));
    }

    private void Delete() => BobSession.Send(Persistence, new DeleteAllFrom(0, Bob.Id, "ADA"));

    private async Task BeginAndSendAsync()
    {
        await BeginAsync(Ada, AdaSession);
        for (var i = 0; i < Sent; i++)
        {
            AdaSession.Send(Persistence, ToBob("spam"));
            await AdaSession.ExpectMsgAsync<MessageStored>();
        }
        await BeginAsync(Bob, BobSession);
        _before = Store.Log.Count;
        var parts = 0;
        Store.BeforeCall = call =>
        {
            if (call == nameof(IChatStore.DeleteFrom) && ++parts > Sent) { _foundNoMore.TrySetResult(); }
        };
    }

    private async Task<long> CountAsync()
    {
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(long.MaxValue)));
        return (await BobSession.ExpectMsgAsync<UnreadCounted>()).Count;
    }
}
