using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>When an account is deleted, those are told who have a conversation with it, are there, and asked for it.
/// </summary>
public sealed class AccountGoneTests : PersistenceTestKit
{
    private static readonly DeliverEvent AdaIsGone = new(new AccountGone("Ada"));

    [Fact]
    public async Task Each_session_that_wants_presence_is_told_and_no_other()
    {
        await BeginAsync(Ada, AdaSession, Features.Presence);
        await BeginAsync(Bob, BobSession, Features.Presence);
        var (side, plainSide) = (CreateProbe("side"), CreateProbe("plain"));
        await BeginAsync(Bob, side, Features.Presence | Features.Side);
        await BeginAsync(Bob, plainSide, Features.Side);
        await SendToBobAsync();

        await DeleteAdaAsync();

        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync(AdaIsGone);
        await side.ExpectMsgAsync(AdaIsGone);
        await FenceAsync();
        Assert.False(plainSide.HasMessages || BobSession.HasMessages || AdaSession.HasMessages);
    }

    [Fact]
    public async Task Who_never_talked_with_it_is_told_nothing()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession, Features.Presence);

        await DeleteAdaAsync();

        await FenceAsync();
        Assert.False(BobSession.HasMessages);
    }

    [Fact]
    public async Task Nobody_is_told_before_it_is_durable()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession, Features.Presence);
        await SendToBobAsync();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        await FenceAsync();
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        Assert.False(BobSession.HasMessages);

        Store.BeforeCommit = () => { };
        await DeleteAdaAsync();

        await BobSession.ExpectMsgAsync(AdaIsGone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_blocked_learns_nothing_by_not_being_told(bool isBlocked)
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession, Features.Presence);
        if (isBlocked)
        {
            AdaSession.Send(Persistence, new BlockAccount(0, Ada.Id, Ada.Username, "BOB"));
            await AdaSession.ExpectMsgAsync<Blocked>();
        }
        BobSession.Send(Persistence, new StoreMessage(0, Bob.Id, Bob.Username, "ADA", "hello"));
        await BobSession.ExpectMsgAsync<MessageStored>();
        if (!isBlocked) { await AdaSession.ExpectMsgAsync<LiveMessage>(); }

        await DeleteAdaAsync();

        await BobSession.ExpectMsgAsync(AdaIsGone);
    }

    [Fact]
    public async Task Of_many_contacts_each_is_told_and_others_are_served_between_the_parts()
    {
        const int Contacts = 2500;
        await BeginAsync(Ada, AdaSession);
        await FenceAsync();
        var last = AddContacts(Contacts);
        var lastSession = CreateProbe("last");
        await BeginAsync(last, lastSession, Features.Presence);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // until all wait in the mailbox
        var before = Store.Log.Count;
        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        BobSession.Send(Persistence, new FindAccount(0, "BOB"));
        gate.Set();

        await AdaSession.ExpectMsgAsync(new AccountDeleted());
        await lastSession.ExpectMsgAsync(AdaIsGone);

        await FenceAsync();
        var parts = Store.Log.Skip(before)
            .Where(call => call is nameof(IChatStore.FindContactsOf) or nameof(IChatStore.FindAccount)).ToList();
        string[] expected =
        [
            nameof(IChatStore.FindAccount), nameof(IChatStore.FindContactsOf), nameof(IChatStore.FindAccount),
            nameof(IChatStore.FindContactsOf), nameof(IChatStore.FindContactsOf),
        ];
        Assert.Equal(expected, parts[..5]);
    }

    private async Task SendToBobAsync()
    {
        AdaSession.Send(Persistence, ToBob("hello"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
    }

    private async Task DeleteAdaAsync()
    {
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        await AdaSession.ExpectMsgAsync(new AccountDeleted());
    }

    // The actor is idle: it gives no message an id meanwhile. Returns the last.
    private Account AddContacts(int count)
    {
        Store.Calls.Begin();
        Account? last = null;
        for (var i = 0; i < count; i++)
        {
            var name = $"c{i:D4}";
            last = new(Store.Calls.AddAccount(name, Username.Fold(name), "hash", DateTimeOffset.UnixEpoch)!.Value, name, "hash");
            Store.Calls.AddMessage(new NewMessage(
                new MessageId(Store.Calls.LastMessageId.Value + 1), Ada.Id, last.Id, "hello", DateTimeOffset.UnixEpoch));
        }
        Store.Calls.Commit();
        return last!;
    }
}
