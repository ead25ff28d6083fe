using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>How much work a wrong password is.</summary>
public sealed class SlowHashTests
{
    private const int Usual = 30;
    private static readonly Secret Right = new("right"), Wrong = new("wrong");

    [Theory]
    [InlineData(1, 31)]
    [InlineData(10, 31)]
    [InlineData(29, 31)]
    [InlineData(Usual, 31)]
    [InlineData(100, 101)]
    public void It_is_the_same_for_an_account_and_for_none_however_the_hash_was_made(int rounds, int most)
    {
        var old = HashOf(rounds);
        var hasher = new SlowHash(Usual, inUse: [old[..IChatStore.HashKindLength]]);

        var ofAccount = WorkOf(hasher, old, Wrong);

        Assert.InRange(ofAccount, most - 1, most); // the one that is always done beside may fill up what is left
        foreach (var hash in new[] { null, HashOf(Usual), "" })
        {
            Assert.InRange(WorkOf(hasher, hash, Wrong), ofAccount - 1, ofAccount + 1);
        }
        Assert.InRange(WorkOf(hasher, null, Right), ofAccount - 1, ofAccount + 1);
    }

    [Fact]
    public void Hashes_of_a_kind_that_is_not_known_do_not_count()
    {
        var hasher = new SlowHash(Usual, ["no hash", "AAAAAAAAAAAAAAAA", "AQAAAAIAAAB\n", "\0"]);

        Assert.Equal(Usual + 1, WorkOf(hasher, null, Wrong));
    }

    private static long WorkOf(SlowHash hasher, string? hash, Secret password)
    {
        var before = hasher.VerifyingRounds;
        var verified = Assert.IsType<PasswordVerified>(
            hasher.Do(new VerifyPassword(0, hash, password, default)));
        Assert.Equal((false, null), (verified.IsRight, verified.BetterHash));
        return hasher.VerifyingRounds - before;
    }

    private static string HashOf(int rounds) => Assert.IsType<PasswordHashed>(
        new SlowHash(rounds, inUse: []).Do(new HashPassword(0, Right, default))).Hash;
}
