using System.Diagnostics.CodeAnalysis;

namespace JoChat.ActorEngine.Tests;

public sealed class TellTests : ActorSpec
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_the_order_they_were_told()
    {
        const int Count = 10_000;
        var sink = Act(self =>
        {
            var seen = new Dictionary<string, List<int>> { ["a"] = [], ["b"] = [] };
            self.On<(string Source, int Number)>(message => seen[message.Source].Add(message.Number));
            self.On<string>(_ => self.From.Tell(seen));
        });
        IActorRef Source(string name) => Act(self => self.On<string>(_ =>
        {
            for (var i = 0; i < Count; i++) { sink.Tell((name, i)); }
            self.From.Tell("done");
        }));
        Source("a").Tell("go");
        Source("b").Tell("go");
        await ExpectMsgAsync("done");
        await ExpectMsgAsync("done");

        sink.Tell("report");

        var seen = await ExpectMsgAsync<Dictionary<string, List<int>>>();
        Assert.Equal(Enumerable.Range(0, Count), seen["a"]);
        Assert.Equal(Enumerable.Range(0, Count), seen["b"]);
    }

    [Fact]
    public async Task Actor_handles_one_message_at_a_time_however_many_threads_tell_it()
    {
        const int Senders = 4;
        const int Each = 20_000;
        var count = 0;
        var inside = 0;
        var worst = 0;
        var counter = Act(self =>
        {
            self.On<int>(_ =>
            {
                worst = Math.Max(worst, Interlocked.Increment(ref inside));
                count++;
                Interlocked.Decrement(ref inside);
            });
            self.On<string>(_ => self.From.Tell((count, worst)));
        });

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) { counter.Tell(i, ActorRefs.NoSender); }
        })));
        counter.Tell("report");

        await ExpectMsgAsync((Senders * Each, 1));
    }

    [Fact]
    public async Task Sender_of_a_message_told_without_one_is_the_dead_letters()
    {
        var actor = Act(self => self.On<IActorRef>(asker => asker.Tell(self.From)));

        actor.Tell(TestActor, ActorRefs.NoSender);

        Assert.Equal(Sys.DeadLetters, await ExpectMsgAsync<IActorRef>());
    }

    [Fact]
    public async Task Forwarded_message_keeps_its_sender()
    {
        var last = Act(self => self.OnAny(message => self.From.Tell(message)));
        var first = Act(self => self.OnAny(message => last.Forward(message)));

        first.Tell("x");

        await ExpectMsgFromAsync(last, "x");
    }

    [Fact]
    public async Task Null_is_refused_where_it_is_told()
    {
        var actor = Act(self => self.OnAny(message => self.From.Tell(message)));
        await actor.Ask("has it started?");

        Assert.Throws<ArgumentNullException>(() => actor.Tell(null!));
    }

    [Fact]
    public async Task Self_is_the_sender_of_what_an_actor_tells()
    {
        var actor = Act(self => self.On<IActorRef>(asker => asker.Tell("x")));

        actor.Tell(TestActor, ActorRefs.NoSender);

        await ExpectMsgFromAsync(actor, "x");
    }

    [Fact]
    [SuppressMessage("Performance", "CA1806", Justification = "The constructor is what throws.")]
    public void Actor_made_with_new_is_refused()
    {
        Exception? thrown = null;
        var bare = new Thread(() => thrown = Record.Exception(() => new Deaf()));
        bare.Start();
        bare.Join();

        Assert.IsType<ActorInitializationException>(thrown);
    }

    [Fact]
    public async Task Message_without_a_handler_is_published_as_unhandled_and_does_no_harm()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Act(self => self.On<int>(number => self.From.Tell(number)));

        actor.Tell("x");
        actor.Tell(1);

        var unhandled = await ExpectMsgAsync<UnhandledMessage>();
        Assert.Equal(("x", TestActor, actor), (unhandled.Message, unhandled.Sender, unhandled.Recipient));
        await ExpectMsgAsync(1);
    }

    private sealed class Deaf : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
