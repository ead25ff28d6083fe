using System.Globalization;

namespace JoChat.ActorEngine.Tests;

public sealed class SimulationTests
{
    private const int Seeds = 50;

    [Fact]
    public void Same_seed_gives_the_same_order_of_events()
    {
        for (var seed = 0; seed < Seeds; seed++) { Assert.Equal(Trace(seed), Trace(seed)); }
    }

    [Fact]
    public void Other_seeds_give_other_orders()
    {
        var orders = Enumerable.Range(0, Seeds).Select(seed => string.Join(' ', Trace(seed))).Distinct().Count();

        Assert.True(orders > Seeds / 2, $"Only {orders} orders in {Seeds} seeds.");
    }

    [Fact]
    public void Order_between_two_actors_holds_whatever_the_seed()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var ofOne = Trace(seed).Where(note => note.StartsWith("a:", StringComparison.Ordinal));

            Assert.Equal(["a:0", "a:1", "a:2"], ofOne);
        }
    }

    [Fact]
    public void Race_is_found_by_trying_seeds_and_again_with_the_seed_that_found_it()
    {
        var found = Assert.ThrowsAny<Exception>(() => Simulation.TrySeeds(Seeds, BothDeposit));

        var seed = int.Parse(found.Message.Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.StartsWith($"Seed {seed} fails: ", found.Message, StringComparison.Ordinal);
        using var again = new Simulation(seed);
        Assert.ThrowsAny<Exception>(() => BothDeposit(again));
        Assert.Contains(Enumerable.Range(0, Seeds), IsHarmless);
    }

    [Fact]
    public void Time_passes_at_once_and_timers_fire_in_their_order()
    {
        using var simulation = new Simulation(seed: 1);
        var start = simulation.Time.GetUtcNow();
        var notes = new List<(string, double)>();
        simulation.Sys.ActorOf(LambdaActor.Of(self =>
        {
            self.Timers.StartPeriodicTimer("slow", "slow", TimeSpan.FromHours(8));
            self.Timers.StartSingleTimer("once", "once", TimeSpan.FromHours(9));
            self.On<string>(note => notes.Add((note, (simulation.Time.GetUtcNow() - start).TotalHours)));
        }));

        simulation.Advance(TimeSpan.FromHours(24));

        Assert.Equal([("slow", 8), ("once", 9), ("slow", 16), ("slow", 24)], notes);
    }

    [Fact]
    public void Awaits_questions_and_pinned_actors_run_in_the_simulation_too()
    {
        using var simulation = new Simulation(seed: 1, "pinned { type = PinnedDispatcher }");
        var threads = new List<Thread>();
        var asked = simulation.Sys.ActorOf(LambdaActor.Of(self => self.OnAny(message => self.From.Tell(message))));
        var actor = simulation.Sys.ActorOf(LambdaActor.Of(self => self.OnAsync<string>(async _ =>
        {
            await Task.Yield();
            await Task.Delay(TimeSpan.FromHours(1), simulation.Time);
            Assert.Equal("z", await asked.Ask<string>("z", TimeSpan.FromHours(1)));
            threads.Add(Thread.CurrentThread);
        })).WithDispatcher("pinned"));

        actor.Tell("x");
        actor.Tell("y");
        simulation.Advance(TimeSpan.FromHours(2));

        Assert.Equal([Thread.CurrentThread, Thread.CurrentThread], threads);
    }

    private static string[] TraceOf(Simulation simulation)
    {
        var notes = new List<string>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            var actor = simulation.Sys.ActorOf(LambdaActor.Of(self => self.On<int>(n => notes.Add($"{name}:{n}"))));
            for (var i = 0; i < 3; i++) { actor.Tell(i); }
        }

        simulation.Run();
        return [.. notes];
    }

    private static string[] Trace(int seed)
    {
        using var simulation = new Simulation(seed);
        return TraceOf(simulation);
    }

    private static bool IsHarmless(int seed)
    {
        using var simulation = new Simulation(seed);
        return Record.Exception(() => BothDeposit(simulation)) is null;
    }

    // The planted race: what is read is written back later, and in between another may have done the same.
    private static void BothDeposit(Simulation simulation)
    {
        var balance = 0;
        var account = simulation.Sys.ActorOf(LambdaActor.Of(self =>
        {
            self.On<string>(_ => self.From.Tell(balance));
            self.On<double>(written => balance = (int)written);
        }));
        for (var i = 0; i < 2; i++)
        {
            simulation.Sys.ActorOf(LambdaActor.Of(self =>
            {
                self.OnStart = () => account.Tell("read");
                self.On<int>(read => account.Tell(read + 1.0));
            }));
        }

        simulation.Run();

        Assert.Equal(2, balance);
    }
}
