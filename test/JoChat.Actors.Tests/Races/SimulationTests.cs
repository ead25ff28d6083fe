using System.Globalization;
using JoChat.Testing;
using Xunit.Sdk;

namespace JoChat.Actors.Tests;

public sealed class SimulationTests
{
    private const int Seeds = 100;

    [Fact]
    public void Same_seed_gives_the_same_order()
    {
        for (var seed = 0; seed < 20; seed++) { Assert.Equal(OrderOf(seed), OrderOf(seed)); }
    }

    [Fact]
    public void Seeds_try_most_of_the_possible_orders()
    {
        var orders = Enumerable.Range(0, Seeds).Select(OrderOf).ToHashSet(StringComparer.Ordinal);

        Assert.InRange(orders.Count, 11, 20); // of two actors with three messages each there are 6! / (3! 3!) = 20
    }

    [Fact]
    public void Messages_of_one_sender_keep_their_order_with_every_seed() => Simulation.TrySeeds(Seeds, simulation =>
    {
        var received = new List<int>();
        var receiver = Actor(simulation, receive => receive.On<int>((_, number) => received.Add(number)));
        var sender = Actor(simulation, receive => receive.On<int>((_, number) => receiver.Tell(number)));
        for (var number = 0; number < 5; number++) { sender.Tell(number); }

        simulation.Run();

        Assert.Equal([0, 1, 2, 3, 4], received);
    });

    [Fact]
    public void Timers_fire_in_order_of_due_time_at_their_own_virtual_time()
    {
        using var simulation = new Simulation(seed: 1);
        var start = simulation.Time.GetUtcNow();
        var fired = new List<(string, double)>();
        var actor = Actor(simulation, receive => receive.On<string>((_, timer) =>
        {
            fired.Add((timer, (simulation.Time.GetUtcNow() - start).TotalHours));
            if (timer == "first") { receive.Timers.StartSingleTimer("nested", "nested", TimeSpan.FromHours(3)); }
        }), receive =>
        {
            receive.Timers.StartPeriodicTimer("periodic", "periodic", TimeSpan.FromHours(8));
            receive.Timers.StartSingleTimer("late", "late", TimeSpan.FromHours(9));
            receive.Timers.StartSingleTimer("first", "first", TimeSpan.FromHours(1));
            receive.Timers.StartSingleTimer("never", "never", TimeSpan.FromHours(25));
        });

        simulation.Advance(TimeSpan.FromHours(24));

        Assert.Equal(
            [("first", 1), ("nested", 4), ("periodic", 8), ("late", 9), ("periodic", 16), ("periodic", 24)], fired);
        Assert.Equal(TimeSpan.FromHours(24), simulation.Time.GetUtcNow() - start);
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("akka.actor.internal-dispatcher")]
    [InlineData("jochat.sessions-dispatcher")]
    [InlineData("jochat.persistence-dispatcher")]
    [InlineData("jochat.reader-dispatcher")]
    public void Every_dispatcher_of_the_product_and_what_handlers_await_run_on_the_one_thread(string dispatcher)
    {
        using var simulation = new Simulation(seed: 1);
        var threads = new List<Thread>();
        var actor = simulation.Sys.ActorOf(
            Props.Create(() => new Awaiting(simulation.Time, threads)).WithDispatcher(dispatcher));
        actor.Tell("one");
        actor.Tell("two");

        simulation.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Enumerable.Repeat(Thread.CurrentThread, 4), threads);
    }

    [Fact]
    public void Lost_update_is_found_by_many_seeds_and_repeated_by_the_seed_that_found_it()
    {
        var losing = Enumerable.Range(0, Seeds).Where(LosesAnUpdate).ToArray();

        Assert.InRange(losing.Length, Seeds / 2, Seeds - 1);
        var failure = Assert.Throws<XunitException>(() => Simulation.TrySeeds(Seeds, DepositTwice));
        Assert.StartsWith(Named(losing[0]), failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<XunitException>(() => Simulation.TrySeeds(Seeds, DepositTwice, only: losing[^1]));
        Assert.StartsWith(Named(losing[^1]), failure.Message, StringComparison.Ordinal);

        static string Named(int seed) => string.Create(CultureInfo.InvariantCulture, $"Seed {seed} fails ");
    }

    [Fact]
    public void Endless_loop_is_a_failure()
    {
        using var simulation = new Simulation(seed: 1);
        var actor = Actor(simulation, receive => receive.On<string>((self, message) => self.Tell(message)));
        actor.Tell("again");

        var failure = Assert.Throws<XunitException>(simulation.Run);

        Assert.Contains("endless loop", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Actor_that_throws_fails_the_test()
    {
        using var simulation = new Simulation(seed: 1);
        var fault = new InvalidOperationException("planted");
        Actor(simulation, receive => receive.On<string>((_, _) => throw fault)).Tell("go");

        var failure = Assert.Throws<XunitException>(simulation.Run);

        Assert.Same(fault, failure.InnerException);
    }

    private static string OrderOf(int seed)
    {
        using var simulation = new Simulation(seed);
        var handled = string.Empty;
        var a = Actor(simulation, receive => receive.On<int>((_, _) => handled += 'a'));
        var b = Actor(simulation, receive => receive.On<int>((_, _) => handled += 'b'));
        simulation.Run();
        for (var i = 0; i < 3; i++)
        {
            a.Tell(i);
            b.Tell(i);
        }
        simulation.Run();
        return handled;
    }

    private static bool LosesAnUpdate(int seed)
    {
        using var simulation = new Simulation(seed);
        return Record.Exception(() => DepositTwice(simulation)) is not null;
    }

    // What is read is written back later, and in between the other may have read it too.
    private static void DepositTwice(Simulation simulation)
    {
        var balance = 0;
        var account = Actor(simulation, receive =>
        {
            receive.On<string>((_, _) => receive.Asker.Tell(balance));
            receive.On<double>((_, written) => balance = (int)written);
        });
        for (var i = 0; i < 2; i++)
        {
            var depositor = Actor(simulation, receive =>
            {
                receive.On<string>((self, question) => account.Tell(question, self));
                receive.On<int>((_, read) => account.Tell(read + 1.0));
            });
            depositor.Tell("balance?");
        }

        simulation.Run();

        Assert.Equal(2, balance);
    }

    private static IActorRef Actor(
        Simulation simulation, Action<Receiver> receive, Action<Receiver>? start = null) =>
        simulation.Sys.ActorOf(Props.Create(() => new Receiver(receive, start)));

    private sealed class Receiver : ReceiveActor, IWithTimers
    {
        private readonly Action<Receiver>? _start;

        public Receiver(Action<Receiver> receive, Action<Receiver>? start)
        {
            _start = start;
            receive(this);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        public IActorRef Asker => Sender;

        public void On<T>(Action<IActorRef, T> handle) => Receive<T>(message => handle(Self, message));

        protected override void PreStart() => _start?.Invoke(this);
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(TimeProvider time, List<Thread> threads) => ReceiveAsync<string>(async _ =>
        {
            threads.Add(Thread.CurrentThread);
            await Task.Delay(TimeSpan.FromHours(1), time); // of virtual time
            threads.Add(Thread.CurrentThread);
        });
    }
}
