namespace JoChat.ActorEngine.Tests;

public sealed class SupervisionTests : ActorSpec
{
    [Fact]
    public async Task Resumed_actor_keeps_its_state_and_drops_the_message()
    {
        var (parent, child) = await Family(Always(Directive.Resume));

        child.Tell(1);
        child.Tell("fail");
        child.Tell(2);

        await ExpectMsgAsync((1, 1));
        await ExpectMsgAsync((1, 2));
        Assert.False(parent.IsNobody());
    }

    [Fact]
    public async Task Children_of_a_resumed_actor_go_on()
    {
        IActorRef grandchild = null!;
        var parent = Act(self =>
        {
            self.Strategy = Always(Directive.Resume);
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                grandchild = kid.Ctx.ActorOf(Lambda(last => last.OnAny(message => TestActor.Tell(message))));
                kid.On<string>(_ => throw new InvalidOperationException("boom"));
                kid.On<int>(number => grandchild.Tell(number));
            }));
            self.OnAny(message => child.Tell(message));
        });

        parent.Tell("fail");
        parent.Tell(1);

        await ExpectMsgAsync<object>(1);
    }

    [Fact]
    public async Task Stopped_actor_is_gone()
    {
        var (_, child) = await Family(Always(Directive.Stop));
        await WatchAsync(child);

        child.Tell("fail");

        await ExpectTerminatedAsync(child);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Child_is_restarted_that_often_and_then_stopped(int retries)
    {
        var (_, child) = await Family(new OneForOneStrategy(retries, null, _ => Directive.Restart));
        await WatchAsync(child);
        for (var i = 0; i < retries; i++)
        {
            child.Tell("fail");
            child.Tell(i);
            await ExpectMsgAsync((i + 2, i));
        }

        child.Tell("fail");

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task Restarts_are_counted_within_the_window_if_there_is_one()
    {
        var (_, child) = await Family(new OneForOneStrategy(-1, TimeSpan.FromHours(1), _ => Directive.Restart));
        await WatchAsync(child);
        child.Tell("fail");
        child.Tell(1);
        await ExpectMsgAsync((2, 1));

        child.Tell("fail");

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public async Task Restarts_are_unlimited_by_default()
    {
        var (_, child) = await Family(new OneForOneStrategy(_ => Directive.Restart));

        for (var i = 0; i < 20; i++) { child.Tell("fail"); }
        child.Tell(0);

        await ExpectMsgAsync((21, 0));
    }

    [Fact]
    public async Task Escalated_failure_is_the_parents_failure_and_its_restart_stops_the_child()
    {
        IActorRef child = null!;
        var parent = Act(grandparent =>
        {
            grandparent.Strategy = new OneForOneStrategy(cause =>
            {
                TestActor.Tell(cause.Message);
                return Directive.Restart;
            });
            var middle = grandparent.Ctx.ActorOf(Lambda(self =>
            {
                self.Strategy = Always(Directive.Escalate);
                self.OnPostRestart = _ => TestActor.Tell("restarted");
                child = self.Ctx.ActorOf(Lambda(kid =>
                {
                    kid.OnStop = () => TestActor.Tell("child stopped");
                    kid.On<string>(_ => throw new InvalidOperationException("boom"));
                }));
                var born = child;
                self.On<string>(message => born.Tell(message));
            }));
            grandparent.On<string>(message => middle.Tell(message));
        });

        parent.Tell("fail");

        await ExpectMsgAsync("boom");
        await ExpectMsgAsync("child stopped");
        await ExpectMsgAsync("restarted");
    }

    [Fact]
    public async Task Failed_constructor_is_an_initialisation_failure_and_stops_the_actor()
    {
        var seen = await FailureOf(_ => throw new ArgumentException("constructor"));

        Assert.IsType<ActorInitializationException>(seen);
        Assert.Equal("constructor", seen.GetBaseException().Message);
    }

    [Fact]
    public async Task Failed_PreStart_is_an_initialisation_failure_and_stops_the_actor()
    {
        var seen = await FailureOf(self => self.OnStart = () => throw new ArgumentException("start"));

        Assert.IsType<ActorInitializationException>(seen);
        Assert.Equal("start", Assert.IsType<ArgumentException>(seen.InnerException).Message);
    }

    [Fact]
    public async Task Constructor_that_fails_once_can_be_tried_again()
    {
        var instances = 0;
        Act(self =>
        {
            self.Strategy = Always(Directive.Restart);
            self.Ctx.ActorOf(Lambda(_ =>
            {
                if (++instances == 1) { throw new ArgumentException("first"); }
                TestActor.Tell("made");
            }));
        });

        await ExpectMsgAsync("made");
    }

    [Fact]
    public async Task Failed_actor_handles_nothing_until_the_verdict()
    {
        using var verdict = new ManualResetEventSlim();
        var (_, child) = await Family(new OneForOneStrategy(_ =>
        {
            TestActor.Tell("judging");
            verdict.Wait();
            return Directive.Resume;
        }));
        child.Tell("fail");
        await ExpectMsgAsync("judging");

        child.Tell(1);
        TestActor.Tell("released");
        verdict.Set();

        await ExpectMsgAsync("released");
        await ExpectMsgAsync((1, 1));
    }

    [Fact]
    public void Decider_can_be_a_table_of_exception_types()
    {
        var resuming = new KeyValuePair<Type, Directive>(typeof(ArgumentException), Directive.Resume);
        var stopping = new KeyValuePair<Type, Directive>(typeof(InvalidOperationException), Directive.Stop);
        IEnumerable<KeyValuePair<Type, Directive>> table = [resuming, stopping];

        foreach (var decider in (IDecider[])
            [Decider.From(Directive.Escalate, resuming, stopping), Decider.From(Directive.Escalate, table)])
        {
            Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
            Assert.Equal(Directive.Stop, decider.Decide(new InvalidOperationException()));
            Assert.Equal(Directive.Escalate, decider.Decide(new IOException()));
        }
    }

    [Fact]
    public async Task Stopping_strategy_stops_each_child_that_fails()
    {
        var (_, child) = await Family(SupervisorStrategy.StoppingStrategy);
        await WatchAsync(child);

        child.Tell("fail");

        await ExpectTerminatedAsync(child);
    }

    [Fact]
    public void Default_directive_is_restart_but_for_the_engines_own_failures()
    {
        var decider = SupervisorStrategy.DefaultDecider;

        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(TestActor)));
    }

    [Fact]
    public async Task Strategy_in_the_props_goes_before_that_of_the_class()
    {
        IActorRef child = null!;
        Sys.ActorOf(
            Lambda(self =>
            {
                child = self.Ctx.ActorOf(Lambda(kid => kid.OnAny(_ => throw new InvalidOperationException("boom"))));
                TestActor.Tell(child);
            }).WithSupervisorStrategy(Always(Directive.Stop)));
        child = await ExpectMsgAsync<IActorRef>();
        await WatchAsync(child);

        child.Tell("fail");

        await ExpectTerminatedAsync(child);
    }

    private static OneForOneStrategy Always(Directive directive) => new(_ => directive);

    // A child that fails on text, and tells which instance got which number.
    private async Task<(IActorRef Parent, IActorRef Child)> Family(SupervisorStrategy strategy)
    {
        var instances = 0;
        var parent = Act(self =>
        {
            self.Strategy = strategy;
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                var instance = ++instances;
                kid.On<string>(_ => throw new InvalidOperationException("boom"));
                kid.On<int>(number => TestActor.Tell((instance, number)));
            }));
            self.On<string>(_ => self.From.Tell(child));
        });
        parent.Tell("who");
        return (parent, await ExpectMsgAsync<IActorRef>());
    }

    private async Task<Exception> FailureOf(Action<LambdaActor> configure)
    {
        var seen = new TaskCompletionSource<Exception>();
        Act(self =>
        {
            self.Strategy = new OneForOneStrategy(cause =>
            {
                seen.SetResult(cause);
                return SupervisorStrategy.DefaultDecider.Decide(cause);
            });
            self.Ctx.Watch(self.Ctx.ActorOf(Lambda(configure)));
            self.On<Terminated>(_ => TestActor.Tell("stopped"));
        });
        await ExpectMsgAsync("stopped");
        return await seen.Task;
    }
}
