using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Password work is right, the same for everybody, and bounded.</summary>
public sealed class PasswordActorTests : TestKit
{
    private static readonly Secret Right = new("right"), Wrong = new("wrong");

    [Fact]
    public async Task A_password_is_verified_against_its_own_hash_only()
    {
        var passwords = Start(new PasswordOptions { Iterations = 2 });
        passwords.Tell(new HashPassword(0, Right));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        passwords.Tell(new VerifyPassword(0, hash, Right));
        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(0, hash, Wrong));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(0, null, Right));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        Assert.DoesNotContain("right", hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_with_fewer_rounds_is_replaced_and_one_with_enough_is_not()
    {
        var weak = Start(new PasswordOptions { Iterations = 2 });
        weak.Tell(new HashPassword(0, Right));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        weak.Tell(new VerifyPassword(0, hash, Right));
        Assert.Null((await ExpectMsgAsync<PasswordVerified>()).BetterHash);
        var strong = Start(new PasswordOptions { Iterations = 3 });
        strong.Tell(new VerifyPassword(0, hash, Right));
        var better = (await ExpectMsgAsync<PasswordVerified>()).BetterHash;

        strong.Tell(new VerifyPassword(0, better, Right));
        var verdict = await ExpectMsgAsync<PasswordVerified>();
        Assert.Equal((true, null), (verdict.IsRight, verdict.BetterHash));
    }

    [Fact]
    public async Task What_the_queue_cannot_hold_is_refused_and_the_rest_is_done_in_order()
    {
        using var gate = new ManualResetEventSlim();
        Func<PasswordWork, Reply> work = piece =>
        {
            gate.Wait();
            return new PasswordHashed(0, piece.Password.Value);
        };
        var passwords = Sys.ActorOf(PasswordActor.Props(work, new PasswordOptions { Workers = 1, QueueLimit = 1 }));

        passwords.Tell(new HashPassword(0, new Secret("1")));
        passwords.Tell(new HashPassword(0, new Secret("2")));
        passwords.Tell(new HashPassword(0, new Secret("3")));
        await ExpectMsgAsync(new PasswordWorkRefused(0));
        gate.Set();

        await ExpectMsgAsync(new PasswordHashed(0, "1"));
        await ExpectMsgAsync(new PasswordHashed(0, "2"));
    }

    private IActorRef Start(PasswordOptions options) =>
        Sys.ActorOf(PasswordActor.Props(new SlowHash(options.Iterations).Do, options));
}
