using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.Tests;

public sealed class SchedulerTests : TimedSpec
{
    [Fact]
    public async Task Message_is_told_after_the_delay_from_the_sender_that_was_named()
    {
        var actor = Recorder();

        Sys.Scheduler.ScheduleTellOnce(Ms(10), actor, "x", actor);
        Pass(9);
        Assert.Empty(await NotedBy(actor));
        Pass(1);

        Assert.Equal([("x", actor)], await NotedBy(actor));
    }

    [Fact]
    public async Task Repetition_goes_on_until_it_is_cancelled()
    {
        var actor = Recorder();
        var repetition = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Ms(5), Ms(10), actor, "x", actor);

        Pass(25);
        Assert.Equal(3, (await NotedBy(actor)).Length);
        repetition.Cancel();
        Pass(100);

        Assert.Empty(await NotedBy(actor));
        Assert.True(repetition.IsCancellationRequested);
    }

    [Fact]
    public async Task Message_can_be_taken_back_now_or_later()
    {
        var actor = Recorder();
        var now = Sys.Scheduler.ScheduleTellOnceCancelable(Ms(10), actor, "now", actor);
        var later = Sys.Scheduler.ScheduleTellOnceCancelable(Ms(10), actor, "later", actor);

        now.Cancel();
        later.CancelAfter(5);
        Sys.Scheduler.ScheduleTellOnce(1, actor, "ignored", actor, now);
        Pass(100);

        Assert.Empty(await NotedBy(actor));
    }

    [Fact]
    public void Action_runs_after_the_delay_and_its_failure_does_not_end_its_repetition()
    {
        var (once, often) = (0, 0);
        Sys.Scheduler.Advanced.ScheduleOnce(Ms(10), () => once++);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(Ms(10), Ms(10), () =>
        {
            often++;
            throw new InvalidOperationException("boom");
        });

        Pass(35);

        Assert.Equal((1, 3), (once, often));
    }

    [Fact]
    public void Now_is_the_time_of_day()
    {
        var before = Sys.Scheduler.Now;

        Pass(10);

        Assert.Equal(Ms(10), Sys.Scheduler.Now - before);
        Assert.Equal(Ms(10), Sys.Uptime);
    }

    [Fact]
    public async Task Nothing_can_be_scheduled_when_the_system_has_terminated()
    {
        var actor = Recorder();

        await Sys.Terminate();

        Assert.Throws<SchedulerException>(() => Sys.Scheduler.ScheduleTellOnce(Ms(1), actor, "x", actor));
    }

    private IActorRef Recorder() => Act(self =>
    {
        AnswerFences(self);
        self.On<string>(message => Note((message, self.From)));
    });

    [Fact]
    public void What_was_told_is_not_kept_by_the_cancelable_it_could_have_been_taken_back_with()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        var message = ScheduleOne(cancelable);

        Pass(10);
        GC.Collect();

        Assert.False(message.IsAlive);
    }

    // A method of its own, so that no local variable keeps the message.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference ScheduleOne(ICancelable cancelable)
    {
        var message = new object();
        Sys.Scheduler.ScheduleTellOnce(Ms(10), ActorRefs.Nobody, message, ActorRefs.NoSender, cancelable);
        return new WeakReference(message);
    }
}
