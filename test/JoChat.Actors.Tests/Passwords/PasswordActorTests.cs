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
        passwords.Tell(new HashPassword(Right));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        passwords.Tell(new VerifyPassword(hash, Right));
        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(hash, Wrong));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(null, Right));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        Assert.DoesNotContain("right", hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_with_fewer_rounds_is_replaced_and_one_with_enough_is_not()
    {
        var weak = Start(new PasswordOptions { Iterations = 2 });
        weak.Tell(new HashPassword(Right));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        weak.Tell(new VerifyPassword(hash, Right));
        Assert.Null((await ExpectMsgAsync<PasswordVerified>()).BetterHash);
        var strong = Start(new PasswordOptions { Iterations = 3 });
        strong.Tell(new VerifyPassword(hash, Right));
        var better = (await ExpectMsgAsync<PasswordVerified>()).BetterHash;

        strong.Tell(new VerifyPassword(better, Right));
        var verdict = await ExpectMsgAsync<PasswordVerified>();
        Assert.Equal((true, null), (verdict.IsRight, verdict.BetterHash));
    }

    [Fact]
    public async Task What_the_queue_cannot_hold_is_refused_and_the_rest_is_done_in_order()
    {
        // Rounds enough that the first is surely still at work when the others have come.
        var passwords = Start(new PasswordOptions { Iterations = 1_000_000, Workers = 1, QueueLimit = 1 });

        passwords.Tell(new HashPassword(Right));
        passwords.Tell(new VerifyPassword(null, Right));
        passwords.Tell(new HashPassword(Wrong));

        await ExpectMsgAsync(PasswordWorkRefused.Instance);
        await ExpectMsgAsync<PasswordHashed>(TimeSpan.FromSeconds(60));
        await ExpectMsgAsync<PasswordVerified>(TimeSpan.FromSeconds(60));
    }

    private IActorRef Start(PasswordOptions options) => Sys.ActorOf(Props.Create(() => new PasswordActor(options)));
}
