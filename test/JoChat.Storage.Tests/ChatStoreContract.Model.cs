namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    private const int ModelSteps = 1500;

    private readonly Dictionary<MessageId, FirstSend> _sentBefore = [];

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_store_answers_as_a_naive_one_does(int seed)
    {
        var random = new Random(seed);
        var naive = new NaiveStore();
        var people = Enumerable.Range(0, 5).Select(i => Join(naive, $"p{i}")).ToList();
        Store.Begin();

        for (var step = 0; step < ModelSteps; step++)
        {
            Act(naive, people, random, step);
            if (step % 10 == 0) { Compare(naive, people, random); }
            if (step % 50 == 0)
            {
                CommitOffers();
                Store.Begin();
            }
            if (step % 500 == 499)
            {
                CommitOffers();
                Reopen();
                Store.Begin();
            }
        }
    }

    private AccountId Join(NaiveStore naive, string name)
    {
        var account = Add(name);
        naive.Accounts.Add(account);
        return account;
    }

    private void Act(NaiveStore naive, List<AccountId> people, Random random, int step)
    {
        var (one, other, id) = (AnyOf(people, random), AnyOf(people, random), AnyId(naive, random));
        switch (random.Next(47))
        {
            case < 24:
                // Ids may be skipped. Conversations are indexed after some 2,000 of them.
                var next = new MessageId(Store.LastMessageId.Value + (random.Next(10) == 0 ? 500 : 1));
                var clientId = random.Next(3) == 0 ? $"c{random.Next(30)}" : null;
                var content = $"text {random.Next(3)}";
                Assert.Equal(naive.IsBlocked(other, one), Store.IsBlocked(other, one));
                var message = new NewMessage(
                    next, one, other, content, Noon.AddSeconds(step + random.Next(-100, 100)), clientId, naive.IsBlocked(other, one));
                if (naive.AddMessage(message) is { } first) { _sentBefore.Add(next, first); }
                Store.AddMessage(message);
                break;
            case < 27:
                naive.AdvanceWatermark(one, id);
                Store.AdvanceWatermark(one, id);
                break;
            case < 30:
                naive.MarkDeliveredAfter(one, id);
                Store.MarkDeliveredAfter(one, id);
                break;
            case < 36:
                Assert.Equal(naive.MarkReadThrough(one, other, id, 3), Store.MarkReadThrough(one, other, id, 3));
                break;
            case < 39:
                var last = naive.History(one, other, new MessageId(long.MaxValue), 1);
                Delete(naive, one, id);
                Delete(naive, other, last is [var newest] ? newest.Id : id);
                break;
            case < 42 when one != other:
                naive.Block(one, other);
                Assert.True(Store.Block(one, other, most: 10));
                break;
            case < 44:
                naive.Unblock(one, other);
                Store.Unblock(one, other);
                break;
            case < 45:
                var deleted = 0;
                for (var isLast = false; !isLast;)
                {
                    (var count, isLast) = Store.DeleteFrom(one, other, id, limit: 3);
                    deleted += count;
                }
                Assert.Equal(naive.DeleteFrom(one, other, id), deleted);
                break;
            case < 46:
                var before = Noon.AddSeconds(step - random.Next(50, 500));
                CommitOffers();
                Assert.Equal(naive.DeleteOld(before), Prune(before));
                Store.Begin();
                break;
            default:
                Replace(naive, people, one, $"s{step}");
                break;
        }
    }

    private void Delete(NaiveStore naive, AccountId recipient, MessageId id) => Assert.Equal(
        naive.DeleteMessages(recipient, [id.Value]), Store.DeleteAll(recipient, [id.Value]));

    private void Replace(NaiveStore naive, List<AccountId> people, AccountId leaver, string name)
    {
        naive.DeleteAccount(leaver);
        Store.DeleteWhole(leaver);
        CommitOffers();
        people[people.IndexOf(leaver)] = Join(naive, name);
        Store.Begin();
    }

    private void Compare(NaiveStore naive, List<AccountId> people, Random random)
    {
        CommitOffers(); // the reader sees nothing else
        Store.Begin();
        var (before, limit) = (new MessageId(AnyId(naive, random).Value + 1), random.Next(1, 6));
        foreach (var account in people)
        {
            Assert.Equal(naive.Undelivered(account), Ids(Undelivered(account, limit: 10_000, maxBytes: int.MaxValue)));
            var (after, through) = (AnyId(naive, random).Value, AnyId(naive, random).Value);
            Assert.Equal(
                naive.Undelivered(account).Count(id => id.Value > after && id.Value <= through),
                CountUndelivered(account, through, after));
            Assert.Equal(
                naive.Undelivered(account).Count(id => id.Value > after), CountUndelivered(account, after: after));
            Assert.Equal(naive.Undelivered(account).Count, CountUndelivered(account));
            Assert.Equal(
                naive.Conversations(account, before, limit),
                Reader.ListConversations(account, before, limit, int.MaxValue)
                    .Select(found => (found.With.Id, found.UnreadCount, found.LastMessage)));
            var page = new InboxPage(
                new MessageId(after), before, random.Next(2) == 0, UndeliveredOnly: random.Next(2) == 0, limit);
            Assert.Equal(
                naive.Inbox(account, page),
                Reader.ReadInbox(account, page, int.MaxValue).Select(found => found.Message));
            Assert.Equal(
                naive.Blocked(account), Reader.ListBlocked(account, default, 10).Select(blocked => blocked.Id));
            var other = AnyOf(people, random);
            Assert.Equal(
                naive.History(account, other, before, limit),
                Reader.ReadHistory(account, other, before, limit, int.MaxValue));
        }
    }

    private void CommitOffers()
    {
        Assert.Equal(_sentBefore, Store.Commit());
        _sentBefore.Clear();
    }

    private static AccountId AnyOf(List<AccountId> people, Random random) => people[random.Next(people.Count)];

    // Mostly of a message, sometimes above or below all.
    private MessageId AnyId(NaiveStore naive, Random random) => naive.Messages.Count == 0 || random.Next(5) == 0
        ? new MessageId(random.NextInt64(Store.LastMessageId.Value + 3))
        : naive.Messages[random.Next(naive.Messages.Count)].Id;
}
