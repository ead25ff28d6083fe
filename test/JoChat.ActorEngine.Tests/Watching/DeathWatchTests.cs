namespace JoChat.ActorEngine.Tests;

public sealed class DeathWatchTests : ActorSpec
{
    [Fact]
    public async Task Watcher_hears_once_that_the_actor_has_stopped_after_what_the_actor_told_it()
    {
        var dying = Act(self => self.On<IActorRef>(watcher =>
        {
            watcher.Tell("last words");
            self.Ctx.Stop(self.Me);
        }));
        var watcher = WatcherOf(dying, watches: 2);
        watcher.Tell("watching");
        await ExpectMsgAsync("watching");

        dying.Tell(watcher);

        await ExpectMsgAsync("last words");
        var terminated = await ExpectMsgAsync<Wrapped>();
        Assert.Equal((dying, true), (terminated.Of.ActorRef, terminated.Of.ExistenceConfirmed));
        watcher.Tell("fence");
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Actor_that_is_dead_already_is_reported_as_not_confirmed()
    {
        var dead = Act(self => self.OnAny(_ => { }));
        Assert.True(await dead.GracefulStop(TimeSpan.FromSeconds(30)));

        WatcherOf(dead);

        Assert.False((await ExpectMsgAsync<Wrapped>()).Of.ExistenceConfirmed);
    }

    [Fact]
    public async Task Unwatch_takes_back_a_termination_that_is_in_the_mailbox_already()
    {
        using var gate = new ManualResetEventSlim();
        var dying = Act(self => self.OnAny(_ => { }));
        var watcher = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(dying);
            self.On<Terminated>(terminated => TestActor.Tell(new Wrapped(terminated)));
            self.On<string>(message =>
            {
                TestActor.Tell(message);
                gate.Wait();
            });
            self.On<int>(number =>
            {
                self.Ctx.Unwatch(dying);
                self.Me.Tell(number * 1.5); // comes after the termination, which came while the gate was closed
            });
            self.On<double>(number => TestActor.Tell(number));
        });
        watcher.Tell("blocked");
        await ExpectMsgAsync("blocked");
        watcher.Tell(1);
        Assert.True(await dying.GracefulStop(TimeSpan.FromSeconds(30)));

        gate.Set();

        await ExpectMsgAsync(1.5);
    }

    [Fact]
    public async Task Message_of_the_watchers_choice_replaces_the_termination()
    {
        var dying = Act(self => self.OnAny(_ => { }));
        Act(self =>
        {
            self.OnStart = () => self.Ctx.WatchWith(dying, "gone");
            self.On<string>(message => TestActor.Tell(message));
        });

        Sys.Stop(dying);

        await ExpectMsgAsync("gone");
    }

    [Fact]
    public async Task Termination_without_a_handler_stops_the_watcher()
    {
        var dying = Act(self => self.OnAny(_ => { }));
        var watcher = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(dying);
            self.On<string>(_ => { });
        });
        await WatchAsync(watcher);

        Sys.Stop(dying);

        await ExpectTerminatedAsync(watcher);
    }

    [Fact]
    public async Task Actor_that_watches_itself_watches_nothing()
    {
        var watcher = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(self.Me);
            self.OnStop = () => TestActor.Tell("stopped");
            self.On<Terminated>(terminated => TestActor.Tell(new Wrapped(terminated)));
        });

        watcher.Tell(PoisonPill.Instance);

        await ExpectMsgAsync("stopped");
    }

    [Fact]
    public async Task Termination_told_by_hand_is_dropped()
    {
        var watcher = Act(self =>
        {
            self.On<Terminated>(terminated => TestActor.Tell(new Wrapped(terminated)));
            self.On<string>(message => TestActor.Tell(message));
        });

        watcher.Tell(new Terminated(TestActor, true, false));
        watcher.Tell("fence");

        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Name_is_free_when_the_parent_handles_the_termination()
    {
        var parent = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(self.Ctx.ActorOf(Lambda(child => child.OnAny(_ => { })), "child"));
            self.On<string>(_ => self.Ctx.Stop(self.Ctx.Child("child")));
            self.On<Terminated>(_ =>
            {
                self.Ctx.ActorOf(Lambda(child => child.OnAny(_ => { })), "child");
                TestActor.Tell("made again");
            });
        });

        parent.Tell("stop");

        await ExpectMsgAsync("made again");
    }

    private IActorRef WatcherOf(IActorRef subject, int watches = 1) => Act(self =>
    {
        self.OnStart = () =>
        {
            for (var i = 0; i < watches; i++) { self.Ctx.Watch(subject); }
        };
        self.On<Terminated>(terminated => TestActor.Tell(new Wrapped(terminated)));
        self.On<string>(message => TestActor.Tell(message));
    });

    // Told as it is, a Terminated would be dropped by a test actor that does not watch.
    private sealed record Wrapped(Terminated Of);
}
