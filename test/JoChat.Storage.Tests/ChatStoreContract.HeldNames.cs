namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void A_name_is_held_until_its_time_is_over(int milliseconds, bool isHeld)
    {
        InBatch(() => Store.HoldName("ada", "ADA", Noon.AddDays(-1)));
        InBatch(() => Store.HoldName("ada", "ADA", Noon)); // the last time counts

        Assert.Equal(isHeld, Store.IsHeld("ADA", Noon.AddMilliseconds(milliseconds)));
        Assert.False(Store.IsHeld("BOB", Noon.AddMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData(-1, new[] { "Pau1" })]
    [InlineData(0, new string[0])]
    public void A_held_name_is_among_those_of_its_skeleton_until_its_time_is_over(int milliseconds, string[] found)
    {
        var paul = Add("Paul");
        InBatch(() =>
        {
            Store.DeleteAccount(paul);
            Store.HoldName("Paul", "PAUL", Noon.AddDays(-1));
            Store.HoldName("Pau1", "PAUL", Noon); // the last one counts
        });
        Reopen();

        Assert.Equal(found, Store.FindSameSkeleton("Paul", Noon.AddMilliseconds(milliseconds), 10));
        Assert.Empty(Store.FindSameSkeleton("Paula", Noon.AddDays(-1), 10));
    }

    [Fact]
    public void Names_whose_time_is_over_are_released_the_oldest_first_and_only_they()
    {
        for (var day = 1; day <= 5; day++)
        {
            var name = $"NAME{day}";
            InBatch(() => Store.HoldName(name.ToLowerInvariant(), name, Noon.AddDays(name[^1] - '0')));
        }

        InBatch(() =>
        {
            Assert.False(Store.HasNamesToRelease(Noon.AddDays(1).AddMilliseconds(-1)));
            Assert.True(Store.HasNamesToRelease(Noon.AddDays(1)));
            Assert.Equal(2, Store.ReleaseNames(Noon.AddDays(3), 2));
            Assert.Equal(1, Store.ReleaseNames(Noon.AddDays(3), 2));
            Assert.Equal(0, Store.ReleaseNames(Noon.AddDays(3), 2));
        });

        Reopen();
        Assert.Equal([4, 5], Enumerable.Range(1, 5).Where(day => Store.IsHeld($"NAME{day}", Noon.AddDays(-1))));
        InBatch(Store.Reset);
        Assert.False(Store.IsHeld("NAME5", Noon));
    }
}
