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
}
