namespace JoChat.ActorEngine.Tests;

public sealed class DispatcherTests() : ActorSpec(
    """
    mine.pinned { type = PinnedDispatcher }
    mine.pool { type = Dispatcher, throughput = 5 }
    mine.odd { type = Odd }
    mine.none { throughput = 0 }
    mine.unbounded { mailbox-type = "Akka.Dispatch.UnboundedMailbox, Akka" }
    mine.bounded { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka" }
    """)
{
    [Fact]
    public async Task Pinned_actor_has_one_thread_of_its_own_also_after_awaits()
    {
        var first = Pinned();
        var second = Pinned();

        first.Tell("x");
        var (before, after) = await ExpectMsgAsync<(Thread, Thread)>();
        first.Tell("x");
        var (again, _) = await ExpectMsgAsync<(Thread, Thread)>();
        second.Tell("x");
        var (other, _) = await ExpectMsgAsync<(Thread, Thread)>();

        Assert.False(before.IsThreadPoolThread);
        Assert.Same(before, after);
        Assert.Same(before, again);
        Assert.NotSame(before, other);
    }

    [Fact]
    public async Task Thread_of_a_pinned_actor_ends_with_it()
    {
        var actor = Pinned();
        actor.Tell("x");
        var (thread, _) = await ExpectMsgAsync<(Thread, Thread)>();

        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(30)));

        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("mine.missing")]
    [InlineData("mine.odd")]
    [InlineData("mine.none")]
    public void Dispatcher_that_is_not_configured_rightly_is_refused(string path) =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithDispatcher(path)));

    [Theory]
    [InlineData("mine.missing")]
    [InlineData("mine.bounded")]
    public void Mailbox_that_is_not_configured_rightly_is_refused(string path) =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox(path)));

    [Fact]
    public async Task Unbounded_mailbox_can_be_asked_for()
    {
        var props = Lambda(self => self.OnAny(message => TestActor.Tell(message))).WithMailbox("mine.unbounded");

        Sys.ActorOf(props).Tell("x");

        await ExpectMsgAsync("x");
        Assert.Equal("mine.unbounded", props.WithStashCapacity(1).Mailbox);
    }

    private IActorRef Pinned() => Sys.ActorOf(
        Lambda(self => self.OnAsync<string>(async _ =>
        {
            var before = Thread.CurrentThread;
            await Task.Yield();
            TestActor.Tell((before, Thread.CurrentThread));
        })).WithDispatcher("mine.pinned"));
}
