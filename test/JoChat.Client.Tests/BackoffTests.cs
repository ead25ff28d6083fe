namespace JoChat.Client.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_are_random_below_a_bound_that_doubles_up_to_the_longest()
    {
        const int Rounds = 500;
        var (first, longest) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        double[] bounds = [1, 2, 4, 5, 5, 1];
        var highest = new double[bounds.Length];

        for (var round = 0; round < Rounds; round++)
        {
            var backoff = new Backoff(first, longest);
            for (var attempt = 0; attempt < bounds.Length; attempt++)
            {
                if (attempt == bounds.Length - 1) { backoff.Reset(); }
                highest[attempt] = Math.Max(highest[attempt], backoff.Next().TotalSeconds);
            }
        }

        // That 500 waits all stay below nine tenths of their bound happens once in 10^22 runs.
        Assert.All(bounds.Zip(highest), pair => Assert.InRange(pair.Second, 0.9 * pair.First, pair.First));
    }
}
