namespace JoChat.ActorEngine.Tests;

public sealed class TimerTests : TimedSpec
{
    [Fact]
    public async Task Single_timer_fires_once_from_no_one_and_is_over_when_it_is_handled()
    {
        var actor = Timed(self =>
        {
            self.OnStart = () => self.Timers.StartSingleTimer("key", "tick", Ms(10));
            self.On<string>(_ => Note((self.Timers.IsTimerActive("key"), self.From)));
        });
        await NotedBy(actor);

        Pass(9);
        Assert.Empty(await NotedBy(actor));
        Pass(100);

        Assert.Equal([(false, Sys.DeadLetters)], await NotedBy(actor));
    }

    [Fact]
    public async Task Periodic_timer_fires_first_after_one_interval_or_after_the_delay_it_was_given()
    {
        var actor = Timed(self =>
        {
            self.OnStart = () =>
            {
                self.Timers.StartPeriodicTimer("plain", "plain", Ms(10));
                self.Timers.StartPeriodicTimer("delayed", "delayed", Ms(15), Ms(20), self.Me);
            };
            self.On<string>(Note);
        });
        await NotedBy(actor);

        Pass(9);
        Assert.Empty(await NotedBy(actor));
        Pass(27);

        Assert.Equal(["plain", "delayed", "plain", "plain", "delayed"], await NotedBy(actor));
    }

    [Fact]
    public async Task Message_of_a_timer_that_was_cancelled_or_replaced_meanwhile_is_discarded()
    {
        using var gate = new ManualResetEventSlim();
        using var inside = new ManualResetEventSlim();
        var actor = Timed(self =>
        {
            self.OnStart = () =>
            {
                self.Timers.StartSingleTimer("a", "cancelled", Ms(10));
                self.Timers.StartSingleTimer("b", "replaced", Ms(10));
            };
            self.On<int>(_ =>
            {
                inside.Set();
                gate.Wait();
                self.Timers.Cancel("a");
                self.Timers.StartSingleTimer("b", "new", Ms(10));
            });
            self.On<string>(Note);
        });
        actor.Tell(0);
        inside.Wait();

        Pass(10);
        gate.Set();
        Assert.Empty(await NotedBy(actor));
        Pass(10);

        Assert.Equal(["new"], await NotedBy(actor));
    }

    [Fact]
    public async Task Timers_end_with_the_instance()
    {
        var instances = 0;
        var actor = Timed(self =>
        {
            if (++instances == 1) { self.Timers.StartPeriodicTimer("key", "tick", Ms(10)); }
            self.On<int>(_ => throw new InvalidOperationException("boom"));
            self.On<string>(Note);
        });
        actor.Tell(0);
        await NotedBy(actor);

        Pass(100);

        Assert.Empty(await NotedBy(actor));
        Assert.Equal(2, instances);
    }

    [Fact]
    public async Task Active_timers_are_known_until_all_are_cancelled()
    {
        var actor = Timed(self => self.On<string>(_ =>
        {
            self.Timers.StartSingleTimer(1, "x", Ms(10));
            self.Timers.StartPeriodicTimer(2, "x", Ms(10), self.Me);
            Note(self.Timers.ActiveTimers.Count);
            self.Timers.CancelAll();
            Note(self.Timers.ActiveTimers.Count);
        }));

        actor.Tell("go");

        Assert.Equal([2, 0], await NotedBy(actor));
    }

    [Fact]
    public async Task Poison_pill_by_timer_stops_the_actor()
    {
        var actor = Timed(self =>
            self.OnStart = () => self.Timers.StartSingleTimer("end", PoisonPill.Instance, Ms(10)));
        await NotedBy(actor);
        var death = actor.WatchAsync();

        Pass(10);

        Assert.True(await death);
    }

    private IActorRef Timed(Action<LambdaActor> configure) => Act(self =>
    {
        AnswerFences(self);
        configure(self);
    });
}
