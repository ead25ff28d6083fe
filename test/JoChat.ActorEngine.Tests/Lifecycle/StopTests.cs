namespace JoChat.ActorEngine.Tests;

public sealed class StopTests : ActorSpec
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 11)]
    public async Task Stop_goes_before_what_is_queued_and_the_poison_pill_behind_it(bool byPill, int handled)
    {
        using var gate = new ManualResetEventSlim();
        var count = 0;
        var parent = Act(self =>
        {
            var child = self.Ctx.ActorOf(Lambda(kid => kid.OnAny(message =>
            {
                count++;
                if (message is "block")
                {
                    TestActor.Tell("blocked");
                    gate.Wait();
                }
            })));
            self.Ctx.Watch(child);
            self.On<string>(message => child.Forward(message));
            self.On<PoisonPillPlease>(_ =>
            {
                child.Tell(PoisonPill.Instance);
                TestActor.Tell("asked");
            });
            self.On<int>(_ =>
            {
                self.Ctx.Stop(child);
                TestActor.Tell("asked");
            });
            self.On<Terminated>(_ => TestActor.Tell("gone"));
        });
        parent.Tell("block");
        await ExpectMsgAsync("blocked");
        for (var i = 0; i < 10; i++) { parent.Tell("more"); }

        parent.Tell(byPill ? new PoisonPillPlease() : 0);
        await ExpectMsgAsync("asked");
        gate.Set();
        await ExpectMsgAsync("gone");

        Assert.Equal(handled, count);
    }

    [Fact]
    public async Task Children_are_gone_before_their_parent_stops()
    {
        var parent = Act(self =>
        {
            self.OnStop = () => TestActor.Tell("parent");
            self.Ctx.ActorOf(Lambda(child =>
            {
                child.OnStop = () => TestActor.Tell("child");
                child.Ctx.ActorOf(Lambda(grandchild => grandchild.OnStop = () => TestActor.Tell("grandchild")));
            }));
        });

        Sys.Stop(parent);

        await ExpectMsgAsync("grandchild");
        await ExpectMsgAsync("child");
        await ExpectMsgAsync("parent");
    }

    [Fact]
    public async Task Failing_PostStop_does_not_keep_the_actor_from_stopping()
    {
        var actor = Act(self => self.OnStop = () => throw new InvalidOperationException("boom"));
        await WatchAsync(actor);

        Sys.Stop(actor);

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task Instance_is_disposed_after_PostStop_and_at_each_restart()
    {
        var actor = Act(self =>
        {
            self.OnStop = () => TestActor.Tell("stopped");
            self.OnDispose = () => TestActor.Tell("disposed");
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        });

        actor.Tell("fail");
        await ExpectMsgAsync("stopped");
        await ExpectMsgAsync("disposed");
        actor.Tell(PoisonPill.Instance);

        await ExpectMsgAsync("stopped");
        await ExpectMsgAsync("disposed");
    }

    [Fact]
    public async Task Instance_that_could_not_start_is_disposed_without_PostStop()
    {
        Act(self =>
        {
            self.OnStart = () => throw new InvalidOperationException("boom");
            self.OnStop = () => TestActor.Tell("PostStop");
            self.OnDispose = () => TestActor.Tell("disposed");
        });

        await ExpectMsgAsync("disposed");
    }

    [Fact]
    public async Task Killed_actor_stops()
    {
        var actor = Act(self => self.OnAny(_ => { }));
        await WatchAsync(actor);

        actor.Tell(Kill.Instance);

        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task Messages_to_a_stopped_actor_and_those_it_left_become_dead_letters_in_order()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = Act(self => self.On<string>(_ =>
        {
            self.Ctx.Stop(self.Me);
            gate.Wait();
        }));
        actor.Tell("stop");
        actor.Tell(1, ActorRefs.NoSender);
        actor.Tell(2);
        var death = actor.WatchAsync();
        gate.Set();
        await death;

        actor.Tell(3);

        var first = await ExpectMsgAsync<DeadLetter>();
        Assert.Equal((1, Sys.DeadLetters, actor), (first.Message, first.Sender, first.Recipient));
        Assert.Equal(2, (await ExpectMsgAsync<DeadLetter>()).Message);
        Assert.Equal(3, (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Poison_pill_for_the_dead_is_suppressed()
    {
        var actor = Act(self => self.OnAny(_ => { }));
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(30)));
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        actor.Tell(PoisonPill.Instance);

        Assert.Same(PoisonPill.Instance, (await ExpectMsgAsync<SuppressedDeadLetter>()).Message);
    }

    [Fact]
    public async Task New_actor_under_an_old_name_is_another_reference_with_the_same_path()
    {
        var old = Act(self => self.OnAny(_ => { }), "same");
        Assert.True(await old.GracefulStop(TimeSpan.FromSeconds(30)));
        IActorRef again = null!;
        await AwaitAssertAsync(() => again = Act(self => self.OnAny(_ => { }), "same"));

        Assert.NotEqual(old, again);
        Assert.Equal(old.Path, again.Path);
        Assert.NotEqual(old.Path.Uid, again.Path.Uid);
    }
}

internal sealed record PoisonPillPlease;
