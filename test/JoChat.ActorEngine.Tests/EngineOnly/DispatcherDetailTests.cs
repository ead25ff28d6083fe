using System.Diagnostics;

namespace JoChat.ActorEngine.Tests;

public sealed class DispatcherDetailTests() : ActorSpec(
    """
    mine.pinned { type = PinnedDispatcher }
    mine.odd { type = Odd }
    mine.none { throughput = 0 }
    mine.unbounded { mailbox-type = "Akka.Dispatch.UnboundedMailbox, Akka" }
    mine.bounded { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka" }
    """)
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task Thread_of_a_pinned_actor_ends_with_it()
    {
        var actor = Sys.ActorOf(
            Lambda(self => self.OnAny(_ => TestActor.Tell(Thread.CurrentThread))).WithDispatcher("mine.pinned"));
        actor.Tell("x");
        var thread = await ExpectMsgAsync<Thread>();

        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(30)));

        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("mine.odd")]
    [InlineData("mine.none")]
    public void Dispatcher_that_is_not_configured_rightly_is_refused(string path) =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithDispatcher(path)));

    [Fact]
    public void Bounded_mailbox_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("mine.bounded")));

    [Fact]
    public async Task Unbounded_mailbox_can_be_asked_for()
    {
        var props = Lambda(self => self.OnAny(message => TestActor.Tell(message))).WithMailbox("mine.unbounded");

        Sys.ActorOf(props).Tell("x");

        await ExpectMsgAsync("x");
        Assert.Equal("mine.unbounded", props.WithStashCapacity(1).Mailbox);
    }

    [Fact]
    public async Task What_an_actor_leaves_on_its_thread_is_not_seen_by_those_it_has_told()
    {
        var told = Act(self => self.On<string>(_ => TestActor.Tell((Ambient.Value, SynchronizationContext.Current))));
        var careless = Act(self => self.On<string>(message =>
        {
            Ambient.Value = "mine";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            told.Tell(message);
        }));
        told.Tell("has started");
        await ExpectMsgAsync(((string?)null, (SynchronizationContext?)null));

        careless.Tell("go");

        await ExpectMsgAsync(((string?)null, (SynchronizationContext?)null));
    }

    [Fact]
    public async Task Pairs_that_work_long_leave_others_their_turn_as_soon()
    {
        const int Times = 10;
        var turns = 0;
        void Work(LambdaActor self) => self.On<string>(ball =>
        {
            var begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMilliseconds(2)) { Thread.SpinWait(100); }
            Interlocked.Increment(ref turns);
            self.From.Tell(ball, self.Me);
        });
        for (var pair = 0; pair < Environment.ProcessorCount; pair++) { Act(Work).Tell("ball", Act(Work)); }

        var echo = Act(self => self.On<int>(number => self.From.Tell(number)));
        var before = Volatile.Read(ref turns);
        for (var time = 0; time < Times; time++) { await echo.Ask<int>(time); }
        var waited = Volatile.Read(ref turns) - before;

        Assert.InRange(waited, 0, Times * 8 * Environment.ProcessorCount);
    }

    [Fact]
    public async Task Actor_that_has_held_up_another_in_its_turn_holds_up_no_more()
    {
        using var born = new ManualResetEventSlim();
        var slow = Act(self => self.On<string>(_ =>
        {
            var child = (LocalActorRef)self.Ctx.ActorOf(Lambda(_ => born.Set()));
            born.Wait(TimeSpan.FromSeconds(30));
            TestActor.Tell(PoolWorker.TryRunNext(child.Mailbox));
        }));

        slow.Tell("go");

        await ExpectMsgAsync(false);
    }
}
