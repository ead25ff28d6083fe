using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>What came of the work on passwords is counted, and what waits for it.</summary>
public sealed class PasswordMetricsTests : TestKit
{
    private readonly ActorMetrics _metrics = new();

    [Fact]
    public async Task Each_password_is_counted_by_what_came_of_it()
    {
        using var readings = new MeterReadings(_metrics.Meter);
        using var gate = new ManualResetEventSlim();
        var passwords = Start(gate, new PasswordOptions { Workers = 1, QueueLimit = 2, GuessesPerMinute = 1 });

        passwords.Tell(new VerifyPassword(1, "hash", new Secret("right"), From("ADA")), TestActor);
        passwords.Tell(new VerifyPassword(2, "hash", new Secret("wrong"), From("BOB")), TestActor);
        passwords.Tell(new HashPassword(3, new Secret("new"), From("CYD")), TestActor);
        passwords.Tell(new VerifyPassword(4, "hash", new Secret("wrong"), From("BOB")), TestActor);
        await ExpectMsgAsync<PasswordWorkRefused>(); // of three that wait the last has no room
        Assert.Equal(2, readings.Read("jochat.queue.length queue=passwords"));
        gate.Set();
        for (var i = 0; i < 3; i++) { await ExpectMsgAsync<Reply>(); }
        passwords.Tell(new VerifyPassword(5, "hash", new Secret("wrong"), From("BOB")), TestActor);
        await ExpectMsgAsync<TooManyGuesses>();
        await passwords.GracefulStop(TimeSpan.FromMinutes(1)); // behind all that it has counted

        Assert.Equal(
            ("1", "1", "1", "1", "1"),
            (Count("right"), Count("wrong"), Count("hashed"), Count("busy"), Count("rate_limited")));
        Assert.Equal(0, readings.Read("jochat.queue.length queue=passwords"));

        string Count(string result) => $"{readings.Read($"jochat.passwords result={result}")}";
    }

    private IActorRef Start(ManualResetEventSlim gate, PasswordOptions options) => Sys.ActorOf(PasswordActor.Props(
        work =>
        {
            gate.Wait();
            return work is HashPassword
                ? new PasswordHashed(work.Request, "hash")
                : new PasswordVerified(work.Request, work.Password.Value == "right", BetterHash: null);
        },
        options, TimeProvider.System, _metrics));

    private static WorkOrigin From(string nameKey) => new(ClientAddress.OfVersion4(1), nameKey);
}
