namespace JoChat.Actors.Tests;

/// <summary>Whose message is next: everyone's in turn, each one's in order, and last what comes last.</summary>
public sealed class FairTurnsTests() : TestKit(Patience.Configuration)
{
    private readonly FairTurns _turns = new();

    [Fact]
    public void A_backlog_lets_others_wait_for_one_turn_only()
    {
        var (busy, other) = (CreateTestProbe(), CreateTestProbe());
        for (var i = 0; i < 1000; i++) { Add(busy, i); }
        Add(other, "alone");

        var before = TakeAll().TakeWhile(message => message is int).Count();

        Assert.Equal(FairTurns.Turn, before);
    }

    [Fact]
    public void What_weighs_more_than_a_turn_waits_for_several()
    {
        var (heavy, light) = (CreateTestProbe(), CreateTestProbe());
        for (var i = 0; i < 10; i++) { Add(heavy, new Weighing(4 * FairTurns.Turn)); }
        for (var i = 0; i < 100; i++) { Add(light, new Weighing(FairTurns.Turn)); }

        var taken = TakeAll();

        var (heavies, lights) = (0, 0);
        foreach (var message in taken.Cast<Weighing>())
        {
            if (message.Weight == FairTurns.Turn) { lights++; } else { heavies++; }
            if (lights < 40) { Assert.InRange(heavies, (lights / 4) - 1, (lights / 4) + 1); }
        }
        Assert.Equal((10, 100), (heavies, lights));
    }

    [Fact]
    public void A_message_to_store_weighs_as_much_as_its_content_is_long()
    {
        var (large, small) = (CreateTestProbe(), CreateTestProbe());
        for (var i = 0; i < 10; i++) { Add(large, Store(new string('x', 64 * 1024))); }
        for (var i = 0; i < 1000; i++) { Add(small, Store("x")); }

        var lengths = TakeAll().Cast<StoreMessage>().Select(message => message.Content.Length).ToList();

        var first = lengths.FindIndex(length => length > 1);
        var smallBetween = lengths.FindIndex(first + 1, length => length > 1) - first - 1;
        Assert.InRange(smallBetween, 48, 80);
    }

    [Fact]
    public void What_comes_last_waits_for_all_that_is_there()
    {
        var probe = CreateTestProbe();
        Add(probe, Last.Instance);
        for (var i = 0; i < 5; i++) { Add(probe, i); }

        Assert.Equal([0, 1, 2, 3, 4, Last.Instance], TakeAll());
    }

    [Fact]
    public void What_comes_last_does_not_wait_for_ever()
    {
        var probe = CreateTestProbe();
        Add(probe, Last.Instance);
        var before = 0;
        for (; before < 10 * FairTurns.MostBeforeLast; before++)
        {
            Add(probe, before);
            Assert.True(_turns.TryTake(out var taken));
            if (taken.Message is Last) { break; }
        }

        Assert.Equal(FairTurns.MostBeforeLast, before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whoever_sends_in_whatever_order_each_keeps_its_own_and_nothing_is_lost(int seed)
    {
        const int Messages = 5000;
        var random = new Random(seed);
        IActorRef[] senders = [.. Enumerable.Range(0, 5).Select(i => new SenderRef(i))];
        var taken = new List<(IActorRef Sender, int Place)>();
        for (var place = 0; place < Messages; place++)
        {
            Add(senders[random.Next(senders.Length)], new Weighing(random.Next(1, 40)) { Place = place });
            if (random.Next(3) == 0) { Take(taken); }
        }
        while (Take(taken)) { }

        Assert.Equal((Messages, 0), (taken.Count, _turns.Count));
        foreach (var own in taken.GroupBy(message => message.Sender))
        {
            Assert.Equal(own.Select(message => message.Place).Order(), own.Select(message => message.Place));
        }
    }

    private static StoreMessage Store(string content) => new(0, default, "Ada", "BOB", content);

    private bool Take(List<(IActorRef Sender, int Place)> taken)
    {
        if (!_turns.TryTake(out var envelope)) { return false; }
        taken.Add((envelope.Sender, ((Weighing)envelope.Message).Place));
        return true;
    }

    private void Add(IActorRef sender, object message) => _turns.Add(new Envelope(message, sender));

    private List<object> TakeAll()
    {
        var messages = new List<object>();
        while (_turns.TryTake(out var envelope)) { messages.Add(envelope.Message); }
        return messages;
    }

    private sealed record Weighing(int Weight) : IWeighed
    {
        public int Place { get; init; }
    }

    private sealed record Last : IComesLast
    {
        public static Last Instance { get; } = new();
    }

    private sealed class SenderRef(int number) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / $"sender{number}";

        public override IActorRefProvider Provider => throw new NotSupportedException();
    }
}
