namespace JoChat.ActorEngine.Tests;

/// <summary>What the system's own clock brings, told by the order of messages and never by how long they
/// took.</summary>
public sealed class ClockTests : ActorSpec
{
    private const int Soon = 20, Later = 300; // milliseconds; both engines tell them apart on a busy machine

    [Fact]
    public async Task Single_timer_fires_once_from_no_one_and_is_over_when_it_is_handled()
    {
        Sys.Scheduler.ScheduleTellOnce(Later, TestActor, "later", ActorRefs.NoSender);
        Act(self =>
        {
            self.OnStart = () => self.Timers.StartSingleTimer("key", "tick", Ms(Soon));
            self.On<string>(_ => TestActor.Tell((self.Timers.IsTimerActive("key"), self.From)));
        });

        await ExpectMsgAsync((false, Sys.DeadLetters));
        await ExpectMsgAsync("later");
    }

    [Fact]
    public async Task Message_of_a_timer_that_was_cancelled_or_replaced_meanwhile_is_discarded()
    {
        using var gate = new ManualResetEventSlim();
        Act(self =>
        {
            self.OnStart = () =>
            {
                self.Timers.StartSingleTimer("a", "cancelled", Ms(Soon));
                self.Timers.StartSingleTimer("b", "replaced", Ms(Soon));
                self.Me.Tell(0);
            };
            self.On<int>(_ =>
            {
                gate.Wait();
                self.Timers.Cancel("a");
                self.Timers.StartSingleTimer("b", "new", Ms(Soon));
            });
            self.On<string>(text => TestActor.Tell(text));
        });
        Sys.Scheduler.ScheduleTellOnce(Later, TestActor, "both are in the mailbox", ActorRefs.NoSender);
        await ExpectMsgAsync("both are in the mailbox");

        gate.Set();

        await ExpectMsgAsync("new");
    }

    [Fact]
    public async Task Timers_end_with_the_instance()
    {
        var instances = 0;
        Act(self =>
        {
            var instance = ++instances;
            if (instance == 1) { self.Timers.StartPeriodicTimer("key", "tick", Ms(Soon)); }
            else { self.Timers.StartSingleTimer("key", "of the second", Ms(Later)); }
            self.On<string>(text =>
            {
                TestActor.Tell(text);
                if (instance == 1) { throw new InvalidOperationException("boom"); }
            });
        });

        await ExpectMsgAsync("tick");
        await ExpectMsgAsync("of the second");
    }

    [Fact]
    public async Task Idle_actor_is_told_so_again_and_again_until_it_wants_no_more()
    {
        var times = 0;
        Act(self =>
        {
            self.Ctx.SetReceiveTimeout(Ms(Soon));
            self.On<ReceiveTimeout>(_ =>
            {
                TestActor.Tell(++times);
                if (times < 2) { return; }
                self.Ctx.SetReceiveTimeout(null);
                Sys.Scheduler.ScheduleTellOnce(Later, TestActor, "later", ActorRefs.NoSender);
            });
        });

        await ExpectMsgAsync(1);
        await ExpectMsgAsync(2);
        await ExpectMsgAsync("later");
    }

    [Fact]
    public async Task Scheduled_messages_come_until_they_are_taken_back()
    {
        var never = Sys.Scheduler.ScheduleTellOnceCancelable(Later, TestActor, "never", TestActor);
        never.Cancel();
        var again = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Soon, Soon, TestActor, "again", TestActor);
        await ExpectMsgFromAsync(TestActor, "again");
        await ExpectMsgFromAsync(TestActor, "again");

        again.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Later, TestActor, "fence", TestActor);

        await FishForMessageAsync(message =>
        {
            Assert.NotEqual("never", message);
            return message is "fence";
        });
    }

    [Fact]
    public async Task Scheduled_actions_run_once_or_again_and_again()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);

        Sys.Scheduler.Advanced.ScheduleRepeatedly(Soon, Soon, () => TestActor.Tell("often"), cancelable);
        await ExpectMsgAsync("often");
        await ExpectMsgAsync("often");
        cancelable.Cancel();
        Sys.Scheduler.Advanced.ScheduleOnce(Later, () => TestActor.Tell("once"));

        await FishForMessageAsync(message => message is "once");
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
