namespace JoChat.ActorEngine.Tests;

/// <summary>What must hold whichever thread comes first.</summary>
public sealed class RaceTests : ActorSpec
{
    private const int Rounds = 300;

    [Fact]
    public async Task Message_told_while_the_actor_stops_is_handled_or_a_dead_letter()
    {
        const int Each = 20;
        var seen = 0;
        Sys.EventStream.Subscribe<DeadLetter>(Act(self => self.OnAny(_ => Interlocked.Increment(ref seen))));
        for (var round = 0; round < Rounds; round++)
        {
            var actor = Act(self => self.On<object>(_ => Interlocked.Increment(ref seen)));
            Parallel.Invoke(
                () => TellAll(actor, Each),
                () => TellAll(actor, Each),
                () => actor.Tell(PoisonPill.Instance));
        }

        await AwaitAssertAsync(() => Assert.Equal(Rounds * 2 * Each, Volatile.Read(ref seen)));
    }

    [Fact]
    public async Task Dead_letters_of_one_sender_keep_their_order_however_the_stop_comes_between()
    {
        const int Each = 50;
        var last = new Dictionary<IActorRef, int>();
        var (seen, outOfOrder) = (0, 0);
        Sys.EventStream.Subscribe<DeadLetter>(Act(self => self.On<DeadLetter>(letter =>
        {
            var number = (int)letter.Message;
            if (number <= last.GetValueOrDefault(letter.Recipient, -1)) { outOfOrder++; }
            last[letter.Recipient] = number;
            Interlocked.Increment(ref seen);
        })));
        for (var round = 0; round < 5 * Rounds; round++)
        {
            var actor = Act(self => self.On<int>(_ => Interlocked.Increment(ref seen)));
            Parallel.Invoke(() => TellAll(actor, Each), () => actor.Tell(PoisonPill.Instance));
        }

        await AwaitAssertAsync(() => Assert.Equal(5 * Rounds * Each, Volatile.Read(ref seen)));
        Assert.Equal(0, outOfOrder);
    }

    [Fact]
    public async Task Stop_comes_to_an_end_although_messages_keep_coming()
    {
        Sys.EventStream.Subscribe<DeadLetter>(Act(self => self.OnAny(_ => { })));
        var actor = Act(self => self.OnAny(_ => { }));
        using var isOver = new CancellationTokenSource();
        var floods = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!isOver.IsCancellationRequested) { actor.Tell(0, ActorRefs.NoSender); }
        })).ToArray();

        var isGone = await actor.GracefulStop(TimeSpan.FromSeconds(10));
        await isOver.CancelAsync();
        await Task.WhenAll(floods);

        Assert.True(isGone);
    }

    [Fact]
    public async Task Watch_that_races_the_stop_is_answered()
    {
        var answers = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var dying = Act(self => self.OnAny(_ => { }));
            var watcher = Act(self =>
            {
                self.On<string>(_ => self.Ctx.Watch(dying));
                self.On<Terminated>(_ => Interlocked.Increment(ref answers));
            });
            Parallel.Invoke(() => dying.Tell(PoisonPill.Instance), () => watcher.Tell("watch"));
        }

        await AwaitAssertAsync(() => Assert.Equal(Rounds, Volatile.Read(ref answers)));
    }

    [Fact]
    public async Task Actor_that_fails_and_awaits_under_load_handles_everything()
    {
        const int Tellers = 3;
        const int Each = 2_000;
        var handled = 0;
        var parent = Act(self =>
        {
            self.Strategy = new OneForOneStrategy(-1, -1, _ => Directive.Resume, loggingEnabled: false);
            var child = self.Ctx.ActorOf(Lambda(kid =>
            {
                kid.OnAsync<int>(async _ =>
                {
                    await Task.Yield();
                    handled++;
                }, number => number % 5 == 0);
                kid.On<int>(number =>
                {
                    handled++;
                    if (number % 7 == 0) { throw new InvalidOperationException("boom"); }
                });
                kid.On<string>(_ => kid.From.Tell(handled));
            }));
            self.OnAny(_ => self.From.Tell(child));
        });
        var actor = await parent.Ask<IActorRef>("who");

        Parallel.For(0, Tellers, _ => TellAll(actor, Each));

        Assert.Equal(Tellers * Each, await actor.Ask<int>("how many"));
    }

    private static void TellAll(IActorRef actor, int count)
    {
        for (var i = 0; i < count; i++) { actor.Tell(i, ActorRefs.NoSender); }
    }
}
