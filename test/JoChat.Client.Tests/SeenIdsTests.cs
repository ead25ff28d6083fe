namespace JoChat.Client.Tests;

public sealed class SeenIdsTests
{
    [Fact]
    public void An_id_is_new_once_until_it_is_the_oldest_of_too_many()
    {
        var seen = new SeenIds(capacity: 2);

        Assert.True(seen.Add(1));
        Assert.True(seen.Add(2));
        Assert.False(seen.Add(1));
        Assert.True(seen.Add(3)); // 1 is forgotten
        Assert.False(seen.Add(2));
        Assert.True(seen.Add(1));
    }
}
