namespace JoChat.ActorEngine.Tests;

public sealed class StashTests : ActorSpec
{
    [Fact]
    public async Task Stashed_messages_come_back_in_order_before_the_mailbox_and_with_their_senders()
    {
        using var gate = new ManualResetEventSlim();
        var probe = CreateTestProbe();
        var actor = Act(self =>
        {
            self.On<int>(_ => self.Stash.Stash());
            self.On<string>(_ =>
            {
                gate.Wait();
                self.Stash.UnstashAll();
                self.Switch(() => self.OnAny(message => TestActor.Tell((message, self.From))));
            });
        });

        actor.Tell(1);
        probe.Send(actor, 2);
        actor.Tell("open");
        actor.Tell(3);
        gate.Set();

        await ExpectMsgAsync(((object)1, TestActor));
        await ExpectMsgAsync(((object)2, probe.Ref));
        await ExpectMsgAsync(((object)3, TestActor));
    }

    [Fact]
    public async Task Same_delivery_cannot_be_stashed_twice_but_a_later_one_of_the_same_message_can()
    {
        var actor = Act(self =>
        {
            self.On<int>(_ =>
            {
                self.Stash.Stash();
                TestActor.Tell(Record.Exception(self.Stash.Stash)!);
            });
            self.On<string>(_ => self.Stash.Unstash());
        });

        actor.Tell(1);
        await ExpectMsgAsync<IllegalActorStateException>();
        actor.Tell("again");

        await ExpectMsgAsync<IllegalActorStateException>();
    }

    [Fact]
    public async Task Stash_survives_a_restart()
    {
        var instances = 0;
        var actor = Act(self =>
        {
            var isSecond = ++instances == 2;
            self.On<int>(number =>
            {
                if (isSecond) { TestActor.Tell(((object)number, self.From)); }
                else { self.Stash.Stash(); }
            });
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        });

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("fail");

        await ExpectMsgAsync(((object)1, TestActor));
        await ExpectMsgAsync(((object)2, TestActor));
    }

    [Fact]
    public async Task Stash_of_a_stopped_actor_becomes_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Act(self => self.On<int>(_ => self.Stash.Stash()));

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);

        Assert.Equal(1, (await ExpectMsgAsync<DeadLetter>()).Message);
        Assert.Equal(2, (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Stash_is_not_there_yet_in_the_constructor()
    {
        Act(self => TestActor.Tell(self.Stash is null));

        await ExpectMsgAsync(true);
    }

    [Fact]
    public async Task Timers_are_there_in_the_constructor_already()
    {
        Act(self => TestActor.Tell(self.Timers is not null));

        await ExpectMsgAsync(true);
    }

    [Fact]
    public async Task Bounded_stash_refuses_one_more()
    {
        var actor = Sys.ActorOf(Lambda(self =>
        {
            self.On<int>(_ => self.Stash.Stash());
            self.OnPreRestart = (reason, _) => TestActor.Tell(reason);
        }).WithStashCapacity(1));

        actor.Tell(1);
        actor.Tell(2);

        await ExpectMsgAsync<StashOverflowException>();
    }

    [Fact]
    public async Task Stashed_termination_comes_back()
    {
        var dying = Act(self => self.OnAny(_ => { }));
        var actor = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(dying);
            self.On<Terminated>(_ =>
            {
                self.Stash.Stash();
                self.Stash.UnstashAll();
                self.Switch(() => self.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef.Path.Name)));
            });
        });

        dying.Tell(PoisonPill.Instance);

        await ExpectMsgAsync(dying.Path.Name);
    }

    [Fact]
    public async Task Stash_is_lost_when_PreRestart_throws()
    {
        var actor = Act(self =>
        {
            self.On<int>(_ => self.Stash.Stash());
            self.On<string>(_ => throw new InvalidOperationException("boom"));
            self.On<double>(_ =>
            {
                self.Stash.UnstashAll();
                self.Switch(() => self.OnAny(message => TestActor.Tell(message)));
            });
            self.OnPreRestart = (_, _) => throw new InvalidOperationException("again");
        });

        actor.Tell(1);
        actor.Tell("fail");
        actor.Tell(1.5);
        actor.Tell(2.5);

        await ExpectMsgAsync<object>(2.5);
    }

    [Fact]
    public async Task Stash_can_be_looked_at_cleared_and_filled()
    {
        var actor = Act(self =>
        {
            self.On<int>(_ => self.Stash.Stash());
            self.On<string>(_ =>
            {
                var before = (self.Stash.Count, self.Stash.IsEmpty, self.Stash.NonEmpty);
                var all = self.Stash.ClearStash().ToArray();
                self.Stash.Prepend(all.Reverse());
                TestActor.Tell((before, all.Length));
                self.Stash.UnstashAll(envelope => envelope.Message is not 2);
                self.Switch(() => self.OnAny(message => TestActor.Tell(message)));
            });
        });
        for (var i = 1; i <= 3; i++) { actor.Tell(i); }

        actor.Tell("turn");

        await ExpectMsgAsync(((3, false, true), 3));
        await ExpectMsgAsync<object>(3);
        await ExpectMsgAsync<object>(1);
    }
}
