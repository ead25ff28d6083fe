namespace JoChat.ActorEngine.Tests;

/// <summary>Twenty-four hours in which something is timed every minute: what is over leaves no timer behind.</summary>
public sealed class DayOfTimersTests : IDisposable
{
    private const int Minutes = 24 * 60;

    private readonly Simulation _simulation = new(seed: 1);
    private int _ticks;

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Periodic_timers_fire_to_the_last_time_and_stay_one_each()
    {
        Act(self => self.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMilliseconds(100)));
        Act(self => self.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMinutes(1)));

        PassADay();

        Assert.Equal((Minutes * 600) + Minutes, _ticks);
        Assert.Equal(2, _simulation.ActiveTimers);
    }

    [Fact]
    public void Replaced_timers_leave_the_last_one() =>
        AssertLeft(1, timers => timers.StartSingleTimer("key", "late", TimeSpan.FromHours(48)));

    [Fact]
    public void Cancelled_timers_leave_none() => AssertLeft(0, timers =>
    {
        timers.StartSingleTimer("single", "late", TimeSpan.FromHours(48));
        timers.StartPeriodicTimer("periodic", "late", TimeSpan.FromHours(48));
        timers.Cancel("single");
        timers.CancelAll();
    });

    [Fact]
    public void Timers_that_fired_leave_none()
    {
        AssertLeft(0, timers => timers.StartSingleTimer(new object(), "tick", TimeSpan.FromSeconds(30)));

        Assert.Equal(Minutes, _ticks);
    }

    [Fact]
    public void Restarted_and_stopped_actors_leave_none()
    {
        PassADay(() =>
        {
            var actor = Act(self =>
            {
                self.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromHours(48));
                self.Ctx.SetReceiveTimeout(TimeSpan.FromHours(48));
                self.On<int>(_ => throw new InvalidOperationException("boom"));
            });
            actor.Tell(0);
            actor.Tell(PoisonPill.Instance);
        });

        Assert.Equal(0, _simulation.ActiveTimers);
    }

    [Fact]
    public void Receive_time_outs_leave_one_however_often_they_are_set_and_fire()
    {
        var actor = Act(self =>
        {
            self.On<int>(seconds => self.Ctx.SetReceiveTimeout(TimeSpan.FromSeconds(seconds)));
            self.On<ReceiveTimeout>(_ => _ticks++);
        });

        PassADay(() => actor.Tell(1 + (_ticks % 40)));

        Assert.InRange(_ticks, Minutes, int.MaxValue);
        Assert.Equal(1, _simulation.ActiveTimers);
    }

    [Fact]
    public void What_was_scheduled_and_taken_back_leaves_none()
    {
        var scheduler = _simulation.Sys.Scheduler;
        var actor = Act(_ => { });
        using var common = new Cancelable(scheduler);

        PassADay(() =>
        {
            var day = TimeSpan.FromHours(48);
            var takenBack = scheduler.ScheduleTellOnceCancelable(day, actor, "late", actor);
            takenBack.CancelAfter(day);
            takenBack.Cancel();
            scheduler.ScheduleTellRepeatedlyCancelable(day, day, actor, "late", actor).CancelAfter(1_000);
            scheduler.ScheduleTellOnce(1_000, actor, "tick", actor, common);
            scheduler.ScheduleTellRepeatedly(day, day, actor, "late", actor, common);
        });
        common.Cancel();

        Assert.Equal((Minutes, 0), (_ticks, _simulation.ActiveTimers));
    }

    [Fact]
    public void Questions_that_were_answered_or_given_up_leave_none()
    {
        var answering = Act(self => self.On<int>(question => self.From.Tell(question)));
        var questions = new List<Task>();

        PassADay(() =>
        {
            questions.Add(answering.Ask(7, TimeSpan.FromHours(48)));
            questions.Add(answering.Ask(0.5, TimeSpan.FromSeconds(1)));
        });

        Assert.All(questions, question => Assert.True(question.IsCompleted));
        Assert.Equal(0, _simulation.ActiveTimers);
    }

    // Every minute an actor does something with its timers.
    private void AssertLeft(int expected, Action<ITimerScheduler> everyMinute)
    {
        ITimerScheduler? timers = null;
        var actor = Act(self =>
        {
            timers = self.Timers;
            self.On<int>(_ => everyMinute(timers));
        });

        PassADay(() => actor.Tell(0));

        Assert.Equal((expected, expected), (timers!.ActiveTimers.Count, _simulation.ActiveTimers));
    }

    private IActorRef Act(Action<LambdaActor> configure) => _simulation.Sys.ActorOf(LambdaActor.Of(self =>
    {
        configure(self);
        self.On<string>(_ => _ticks++);
    }));

    private void PassADay(Action? everyMinute = null)
    {
        for (var minute = 0; minute < Minutes; minute++)
        {
            everyMinute?.Invoke();
            _simulation.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
