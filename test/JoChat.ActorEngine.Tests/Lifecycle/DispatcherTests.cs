namespace JoChat.ActorEngine.Tests;

public sealed class DispatcherTests() : ActorSpec("mine.pinned { type = PinnedDispatcher }")
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
    public void Dispatcher_that_is_not_configured_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithDispatcher("mine.missing")));

    [Fact]
    public void Mailbox_that_is_not_configured_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("mine.missing")));

    private IActorRef Pinned() => Sys.ActorOf(
        Lambda(self => self.OnAsync<string>(async _ =>
        {
            var before = Thread.CurrentThread;
            await Task.Yield();
            TestActor.Tell((before, Thread.CurrentThread));
        })).WithDispatcher("mine.pinned"));
}
