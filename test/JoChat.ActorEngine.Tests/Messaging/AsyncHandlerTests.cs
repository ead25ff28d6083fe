namespace JoChat.ActorEngine.Tests;

public sealed class AsyncHandlerTests : ActorSpec
{
    [Fact]
    public async Task Next_message_waits_until_the_whole_handler_is_done_and_so_does_the_poison_pill()
    {
        var gate = NewGate();
        var actor = Act(self =>
        {
            self.OnStop = () => TestActor.Tell("stopped");
            self.OnAsync<string>(async _ =>
            {
                TestActor.Tell("begin");
                await gate.Task;
                TestActor.Tell("end");
            });
            self.On<int>(number => TestActor.Tell(number));
        });

        actor.Tell("go");
        actor.Tell(1);
        actor.Tell(PoisonPill.Instance);
        await ExpectMsgAsync("begin");
        gate.SetResult();

        await ExpectMsgAsync("end");
        await ExpectMsgAsync(1);
        await ExpectMsgAsync("stopped");
    }

    [Fact]
    public async Task Context_and_sender_are_the_same_after_each_await()
    {
        var gate = NewGate();
        var actor = Act(self => self.OnAsync<string>(async _ =>
        {
            var (sender, me) = (self.From, self.Me);
            await gate.Task;
            var afterOne = (self.From, Current.Self);
            await Task.Yield();
            var afterTwo = (self.From, Current.Self);
            sender.Tell(afterOne == (sender, me) && afterTwo == (sender, me));
        }));

        actor.Tell("go");
        gate.SetResult();

        await ExpectMsgAsync(true);
    }

    [Fact]
    public async Task Failure_after_an_await_goes_to_the_supervisor_with_the_message()
    {
        var gate = NewGate();
        var actor = Act(self =>
        {
            self.OnPreRestart = (reason, message) => TestActor.Tell((reason.Message, message));
            self.OnAsync<string>(async _ =>
            {
                await gate.Task;
                throw new InvalidOperationException("boom");
            });
            self.On<int>(number => TestActor.Tell(number));
        });

        actor.Tell("go");
        actor.Tell(1);
        gate.SetResult();

        await ExpectMsgAsync(("boom", (object)"go"));
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task Cancelled_handler_is_a_failure()
    {
        var actor = Act(self =>
        {
            self.OnPreRestart = (reason, _) => TestActor.Tell(reason);
            self.OnAsync<string>(_ => Task.FromCanceled(new CancellationToken(canceled: true)));
        });

        actor.Tell("go");

        await ExpectMsgAsync<TaskCanceledException>();
    }

    [Fact]
    public async Task Stop_during_an_await_drops_the_rest_of_the_handler()
    {
        var gate = NewGate();
        var rest = false;
        var parent = Act(self =>
        {
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                kid.OnStop = () => TestActor.Tell("PostStop");
                kid.OnAsync<string>(async _ =>
                {
                    TestActor.Tell("begin");
                    await gate.Task;
                    rest = true;
                });
            }));
            self.Ctx.Watch(child);
            self.On<string>(message => child.Tell(message));
            self.On<int>(_ => self.Ctx.Stop(child));
            self.On<Terminated>(_ => TestActor.Tell("gone"));
        });
        parent.Tell("go");
        await ExpectMsgAsync("begin");

        parent.Tell(0);
        await ExpectMsgAsync("PostStop");
        await ExpectMsgAsync("gone");
        gate.SetResult();
        await Act(self => self.OnAny(message => self.From.Tell(message))).Ask("fence");

        Assert.False(rest);
    }

    [Fact]
    public async Task Failure_of_a_child_during_an_await_is_judged_when_the_handler_is_done()
    {
        var gate = NewGate();
        var parent = Act(self =>
        {
            self.Strategy = new OneForOneStrategy(_ =>
            {
                TestActor.Tell("judged");
                return Directive.Resume;
            });
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                kid.On<string>(_ =>
                {
                    TestActor.Tell("failing");
                    throw new InvalidOperationException("boom");
                });
                kid.On<int>(_ => TestActor.Tell("after"));
            }));
            self.OnAsync<string>(async _ =>
            {
                child.Tell("fail");
                child.Tell(1);
                await gate.Task;
                TestActor.Tell("end");
            });
        });

        parent.Tell("go");
        await ExpectMsgAsync("failing");
        gate.SetResult();

        await ExpectMsgAsync("end");
        await ExpectMsgAsync("judged");
        await ExpectMsgAsync("after");
    }

    [Fact]
    public async Task Untyped_actor_can_run_a_task_too()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Runner()));

        actor.Tell("x");
        actor.Tell("y");

        await ExpectMsgAsync("x");
        await ExpectMsgAsync("y");
    }

    [Fact]
    public async Task Watch_and_unwatch_by_others_are_not_held_back_by_an_await()
    {
        var gate = NewGate();
        var parent = Act(self =>
        {
            var actor = self.Ctx.ActorOf(Lambda(kid => kid.OnAsync<string>(async _ =>
            {
                TestActor.Tell("begin");
                await gate.Task;
            })));
            self.On<string>(message => actor.Tell(message));
            self.On<IActorRef>(watcher => watcher.Tell(actor));
            self.On<int>(_ => self.Ctx.Stop(actor));
        });
        parent.Tell("go");
        await ExpectMsgAsync("begin");
        var (watcher, unwatcher) = (NewWatcher("watcher"), NewWatcher("unwatcher"));
        parent.Tell(watcher);
        await ExpectMsgAsync("watcher watches");
        parent.Tell(unwatcher);
        await ExpectMsgAsync("unwatcher watches");
        await unwatcher.Ask(1);

        parent.Tell(0);

        await ExpectMsgAsync("watcher heard");
        await unwatcher.Ask(2);
        Assert.False(HasMessages);
        gate.SetResult();
    }

    private static IActorContext Current => Runner.CurrentContext;

    private IActorRef NewWatcher(string name) => Act(self =>
    {
        IActorRef? watched = null;
        self.On<IActorRef>(subject =>
        {
            watched = self.Ctx.Watch(subject);
            TestActor.Tell($"{name} watches");
        });
        self.On<int>(number =>
        {
            if (number == 1) { self.Ctx.Unwatch(watched!); }
            self.From.Tell(number);
        });
        self.On<Terminated>(_ => TestActor.Tell($"{name} heard"));
    });

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Runner : UntypedActor
    {
        public static IActorContext CurrentContext => Context;

        protected override void OnReceive(object message) => RunTask(async () =>
        {
            await Task.Yield();
            Sender.Tell(message);
        });
    }
}
