namespace JoChat.ActorEngine.Tests;

public sealed class RestartTests : ActorSpec
{
    [Fact]
    public async Task Restart_replaces_the_instance_and_keeps_reference_and_mailbox_but_not_the_failing_message()
    {
        var instances = 0;
        using var gate = new ManualResetEventSlim();
        var actor = Act(self =>
        {
            var instance = ++instances;
            self.On<string>(_ =>
            {
                gate.Wait();
                throw new InvalidOperationException("boom");
            });
            self.On<int>(number => TestActor.Tell((instance, number)));
        });

        actor.Tell("fail");
        actor.Tell(1);
        actor.Tell(2);
        gate.Set();

        await ExpectMsgFromAsync(actor, (2, 1));
        await ExpectMsgFromAsync(actor, (2, 2));
    }

    [Fact]
    public async Task Hooks_run_in_the_order_that_is_promised()
    {
        var instances = 0;
        var actor = Act(self =>
        {
            var instance = ++instances;
            void Note(string hook) => TestActor.Tell($"{hook} {instance}");
            Note("constructor");
            self.OnStart = () => Note("PreStart");
            self.OnStop = () => Note("PostStop");
            self.OnPostRestart = _ => Note("PostRestart");
            self.OnPreRestart = (reason, message) =>
            {
                Note($"PreRestart {reason.Message} {message}");
                self.DefaultPreRestart(reason, message);
            };
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        });

        actor.Tell("x");

        foreach (var expected in (string[])[
            "constructor 1", "PreStart 1", "PreRestart boom x 1", "PostStop 1",
            "constructor 2", "PostRestart 2", "PreStart 2"])
        {
            await ExpectMsgAsync(expected);
        }
    }

    [Fact]
    public async Task PostStop_is_left_out_when_PreRestart_is_overridden_without_its_base()
    {
        var actor = Act(self =>
        {
            self.OnStop = () => TestActor.Tell("PostStop");
            self.OnPreRestart = (_, _) => TestActor.Tell("PreRestart");
            self.OnPostRestart = _ => TestActor.Tell("PostRestart");
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        });

        actor.Tell("x");

        await ExpectMsgAsync("PreRestart");
        await ExpectMsgAsync("PostRestart");
    }

    [Fact]
    public async Task New_instance_is_built_only_when_all_children_are_gone_so_their_names_are_free()
    {
        var actor = Act(self =>
        {
            TestActor.Tell("constructor");
            self.OnStart = () => self.Ctx.ActorOf(
                Lambda(child => child.OnStop = () => TestActor.Tell("child stopped")), "child");
            self.On<string>(_ => throw new InvalidOperationException("boom"));
            self.On<int>(_ => TestActor.Tell(self.Ctx.GetChildren().Count()));
        });
        await ExpectMsgAsync("constructor");

        actor.Tell("x");
        actor.Tell(0);

        await ExpectMsgAsync("child stopped");
        await ExpectMsgAsync("constructor");
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task Failing_PreRestart_does_not_keep_the_actor_from_restarting()
    {
        var actor = Act(self =>
        {
            self.OnPreRestart = (_, _) => throw new InvalidOperationException("again");
            self.OnPostRestart = reason => TestActor.Tell(reason.Message);
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        });

        actor.Tell("x");

        await ExpectMsgAsync("boom");
    }

    [Fact]
    public async Task Behaviour_is_the_initial_one_again()
    {
        var actor = Act(self =>
        {
            self.On<string>(_ => self.SwitchStacked(() =>
            {
                self.On<int>(_ => throw new InvalidOperationException("boom"));
                self.On<string>(_ => TestActor.Tell("stacked"));
            }));
            self.On<int>(_ => TestActor.Tell("initial"));
        });

        actor.Tell("switch");
        actor.Tell("check");
        actor.Tell(1);
        actor.Tell(2);

        await ExpectMsgAsync("stacked");
        await ExpectMsgAsync("initial");
    }

    [Fact]
    public async Task Failure_of_the_new_instance_stops_the_actor()
    {
        var instances = 0;
        Exception? seen = null;
        var parent = Act(self =>
        {
            self.Strategy = new OneForOneStrategy(cause =>
            {
                seen = cause;
                return SupervisorStrategy.DefaultDecider.Decide(cause);
            });
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                if (++instances == 2) { throw new ArgumentException("second"); }
                kid.On<string>(_ => throw new InvalidOperationException("boom"));
            }));
            self.Ctx.Watch(child);
            self.On<Terminated>(_ => TestActor.Tell("stopped"));
            self.On<string>(message => child.Tell(message));
        });

        parent.Tell("x");

        await ExpectMsgAsync("stopped");
        var failure = Assert.IsType<PostRestartException>(seen);
        Assert.Equal("second", failure.GetBaseException().Message);
    }

    [Fact]
    public async Task Arguments_are_evaluated_once_and_reused_by_every_instance()
    {
        var made = 0;
        Func<object> make = () => ++made;
        var props = Props.Create(() => new Keeper(make(), TestActor));
        var actor = Sys.ActorOf(props);

        actor.Tell("fail");
        Sys.ActorOf(props);

        for (var i = 0; i < 3; i++) { await ExpectMsgAsync<object>(1); }
    }

    private sealed class Keeper : ReceiveActor
    {
        public Keeper(object argument, IActorRef observer)
        {
            observer.Tell(argument);
            ReceiveAny(_ => throw new InvalidOperationException("boom"));
        }
    }
}
