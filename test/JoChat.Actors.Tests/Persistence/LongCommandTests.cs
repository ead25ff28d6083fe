using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;
using static JoChat.Actors.OperatorCommands;

namespace JoChat.Actors.Tests;

/// <summary>Commands that take long are done in parts: others are served between them, and the answer is the same.
/// </summary>
public sealed class LongCommandTests : PersistenceTestKit
{
    private const int Many = 1200; // more than two parts of anything

    private readonly ShiftedTime _time = new();

    private protected override TimeProvider Time => _time;

    private protected override PersistenceOptions Options => new() { Retention = TimeSpan.FromDays(1) };

    [Fact]
    public async Task A_message_is_stored_while_many_others_are_deleted()
    {
        await BeginBothAsync();
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        Store.BeforeDelete = () =>
        {
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Persistence, new DiscardMessages(0, Bob.Id, Numbers(2, 10_000)));
        entered.Wait();
        AdaSession.Send(Persistence, ToBob("between"));
        gate.Set();

        await AdaSession.ExpectMsgAsync<MessageStored>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync(new MessagesDeleted(0));

        string[] calls = [.. Store.Log];
        var stored = Array.IndexOf(calls, nameof(IChatStore.AddMessage));
        Assert.InRange(
            stored,
            Array.IndexOf(calls, nameof(IChatStore.DeleteMessages)),
            Array.LastIndexOf(calls, nameof(IChatStore.DeleteMessages)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_is_stored_while_many_old_ones_are_pruned(bool byRetention)
    {
        await BeginBothAsync();
        await StoreForBobAsync(Many);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var served = new List<string>();
        Store.BeforeCall = call =>
        {
            if (call is nameof(IChatStore.DeleteOld) or nameof(IChatStore.AddMessage)) { served.Add(call); }
            if (call != nameof(IChatStore.DeleteOld)) { return; }
            entered.Set();
            gate.Wait();
        };
        _time.Shift = TimeSpan.FromDays(2);
        var operating = CreateProbe("operator");
        var next = new PruneMessages(Time.GetUtcNow(), default, Deletes: true);
        if (byRetention) { Timers.Advance(TimeSpan.FromSeconds(1)); } else { operating.Send(Persistence, next); }
        entered.Wait();
        AdaSession.Send(Persistence, ToBob("between"));
        gate.Set();

        await AdaSession.ExpectMsgAsync<MessageStored>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        if (byRetention) { await FenceUntilAsync(() => CallsOf(nameof(IChatStore.DeleteOld)) >= Many / 256); }
        for (var pruned = 0; !byRetention && pruned < Many;)
        {
            var some = await operating.ExpectMsgAsync<MessagesPruned>();
            pruned += some.Count;
            operating.Send(Persistence, next with { After = some.Through });
        }

        Assert.Equal(
            [nameof(IChatStore.DeleteOld), nameof(IChatStore.AddMessage), nameof(IChatStore.DeleteOld)], served[..3]);
    }

    [Fact]
    public async Task All_of_many_messages_are_deleted()
    {
        await BeginBothAsync();
        await StoreForBobAsync(Many);

        BobSession.Send(Persistence, new DiscardMessages(0, Bob.Id, Numbers(1, Many)));

        await BobSession.ExpectMsgAsync(new MessagesDeleted(Many));
        Assert.InRange(CallsOf(nameof(IChatStore.DeleteMessages)), 3, Many);
    }

    [Fact]
    public async Task A_deletion_that_another_session_cuts_short_is_refused_and_the_rest_stays()
    {
        await BeginBothAsync();
        var other = CreateProbe("other");
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        Store.BeforeDelete = () =>
        {
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Persistence, new DiscardMessages(0, Bob.Id, Numbers(1, 10_000)));
        entered.Wait();
        other.Send(Persistence, new BeginSession(0, Bob, BetterHash: null) { Takeover = true });
        gate.Set();

        await BobSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));
        await BobSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.DeleteMessages));
    }

    [Fact]
    public async Task A_long_list_is_whole_and_delivers_all_that_was_live()
    {
        await BeginAsync(Ada, AdaSession, Features.Receipts);
        BobSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));
        var liveAfter = (await BobSession.ExpectMsgAsync<SessionBegun>()).LiveAfter;
        await StoreForBobAsync(Many);

        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, liveAfter, DeliversLive: true));

        var listed = (await BobSession.ExpectMsgAsync<DeliveredListed>()).Messages;
        Assert.Equal(Enumerable.Range(1, Many).Select(Text), listed.Select(message => message.Content));
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());
        Assert.Equal(0, await BeginAsync(Bob, BobSession));
    }

    [Fact]
    public async Task A_message_is_stored_between_two_parts_of_a_long_list()
    {
        await BeginBothAsync();
        await StoreForBobAsync(Many);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var served = new List<string>();
        Store.BeforeCall = call =>
        {
            if (call is nameof(IChatStore.ReadDelivered) or nameof(IChatStore.AddMessage)) { served.Add(call); }
            if (call != nameof(IChatStore.ReadDelivered)) { return; }
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, default, DeliversLive: true));
        entered.Wait();
        AdaSession.Send(Persistence, ToBob("between"));
        gate.Set();

        await AdaSession.ExpectMsgAsync<MessageStored>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync<DeliveredListed>();

        Assert.Equal(
            [nameof(IChatStore.ReadDelivered), nameof(IChatStore.AddMessage), nameof(IChatStore.ReadDelivered)],
            served[..3]);
    }

    [Fact]
    public async Task A_long_inbox_is_marked_as_delivered_and_every_sender_is_told()
    {
        await StoreAwayAsync(Many);
        await BeginAsync(Bob, BobSession);

        BobSession.Send(Persistence, new MarkInboxDelivered(0, Bob.Id, new MessageId(Many)));

        await BobSession.ExpectMsgAsync(new MarkedDelivered());
        Assert.InRange(CallsOf(nameof(IChatStore.ReadUndelivered)), 3, Many); // in one part it would be two
        var told = new SortedSet<long>();
        while (told.Max < Many)
        {
            told.UnionWith(((ReceiptArrived)(await AdaSession.ExpectMsgAsync<DeliverEvent>()).Event).Ids);
        }
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(Many)));
        await BobSession.ExpectMsgAsync(new UnreadCounted(0));
    }

    [Fact]
    public async Task What_is_stored_between_two_parts_is_not_marked_as_delivered()
    {
        await StoreAwayAsync(Many);
        await BeginAsync(Bob, BobSession);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        Store.BeforeCall = call =>
        {
            if (call != nameof(IChatStore.ReadUndelivered)) { return; }
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Persistence, new MarkInboxDelivered(0, Bob.Id, new MessageId(long.MaxValue)));
        entered.Wait();
        BobSession.Send(Persistence, new StoreMessage(0, Bob.Id, "Bob", "BOB", "between"));
        gate.Set();

        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync<MessageStored>();
        await BobSession.ExpectMsgAsync(new MarkedDelivered());
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(long.MaxValue)));

        await BobSession.ExpectMsgAsync(new UnreadCounted(1));
    }

    [Fact]
    public async Task Many_undelivered_messages_are_counted_at_login_and_on_demand()
    {
        const int VeryMany = 45_000;
        await StoreAwayAsync(VeryMany);

        Assert.Equal(VeryMany, await BeginAsync(Bob, BobSession));
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(VeryMany)));

        await BobSession.ExpectMsgAsync(new UnreadCounted(VeryMany));
    }

    [Fact]
    public async Task An_account_is_gone_at_once_and_its_messages_soon()
    {
        await StoreAwayAsync(Many);
        var hasRemains = true;
        Store.BeforeCommit = () => Volatile.Write(ref hasRemains, Store.Calls.HasRemains); // on the store's thread

        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        AdaSession.Send(Persistence, new FindAccount(1, "ADA"));
        await AdaSession.ExpectMsgAsync(new AccountDeleted());
        Assert.Null((await AdaSession.ExpectMsgAsync<AccountFound>()).Account);

        await FenceUntilAsync(() => CallsOf(nameof(IChatStore.RemoveRemains)) > 2 && !Volatile.Read(ref hasRemains));
        Assert.Equal(0, await BeginAsync(Bob, BobSession));
    }

    [Fact]
    public async Task The_list_of_accounts_is_read_in_parts_that_add_up()
    {
        const int Accounts = 2500;
        AddAccounts(Accounts);

        BobSession.Send(Reading, new FindAccounts(0, new AccountListing("X%", Accounts - 2, 10)));

        var users = (await BobSession.ExpectMsgAsync<AccountsListed>()).Users;
        Assert.Equal(["X2498", "X2499"], users.Select(user => user.Username));
    }

    [Fact]
    public async Task Others_are_served_between_two_parts_of_a_long_list_of_accounts()
    {
        const int Accounts = 2500;
        AddAccounts(Accounts);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        BeforeRead = () =>
        {
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Reading, new FindAccounts(0, new AccountListing("X%", Accounts - 2, 10)));
        entered.Wait();

        BobSession.Send(Reading, new FindHistory(0, Bob.Id, "Bob", "ADA", new MessageId(long.MaxValue), 10));
        gate.Set();

        await BobSession.ExpectMsgAsync<History>();
        await BobSession.ExpectMsgAsync<AccountsListed>();
    }

    [Fact]
    public async Task Others_are_served_between_two_parts_of_a_long_list_of_conversations()
    {
        var cydSession = CreateProbe("cyd");
        var cyd = await AddAccountAsync("Cyd", cydSession);
        await BeginAsync(cyd, cydSession);
        cydSession.Send(Persistence, new StoreMessage(0, cyd.Id, "Cyd", "BOB", "older"));
        await cydSession.ExpectMsgAsync<MessageStored>();
        await StoreAwayAsync(10_000); // as many unread messages as are counted in a part
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        BeforeRead = () =>
        {
            entered.Set();
            gate.Wait();
        };
        BobSession.Send(Reading, new FindConversations(0, Bob.Id, "Bob", new MessageId(long.MaxValue), 10));
        entered.Wait();

        BobSession.Send(Reading, new FindHistory(0, Bob.Id, "Bob", "ADA", new MessageId(long.MaxValue), 10));
        gate.Set();

        await BobSession.ExpectMsgAsync<History>();
        var list = await BobSession.ExpectMsgAsync<ConversationList>();
        Assert.Equal(["Ada", "Cyd"], list.Conversations.Select(conversation => conversation.With));
    }

    // X0000 and so on.
    private void AddAccounts(int count)
    {
        Store.Calls.Begin();
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"X{i:0000}");
            Store.Calls.AddAccount(name, name, "hash", DateTimeOffset.UnixEpoch);
        }
        Store.Calls.Commit();
    }

    // While Bob is away.
    private async Task StoreAwayAsync(int count)
    {
        await BeginAsync(Ada, AdaSession, Features.Receipts);
        for (var i = 1; i <= count; i++) { AdaSession.Send(Persistence, ToBob(Text(i))); }
        for (var i = 1; i <= count; i++) { await AdaSession.ExpectMsgAsync<MessageStored>(); }
    }

    private async Task StoreForBobAsync(int count)
    {
        for (var i = 1; i <= count; i++) { AdaSession.Send(Persistence, ToBob(Text(i))); }
        for (var i = 1; i <= count; i++)
        {
            await AdaSession.ExpectMsgAsync<MessageStored>();
            await BobSession.ExpectMsgAsync<LiveMessage>();
        }
    }

    private async Task FenceUntilAsync(Func<bool> isDone)
    {
        do { await FenceAsync(); }
        while (!isDone());
    }

    private int CallsOf(string call) => Store.Log.Count(made => made == call);

    private static long[] Numbers(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => (long)number)];

    private sealed class ShiftedTime : TimeProvider
    {
        private long _shift;

        public TimeSpan Shift { set => Volatile.Write(ref _shift, value.Ticks); }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _shift));
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"message {number}");
}
