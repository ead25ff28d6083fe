namespace JoChat.Gateway.Tests;

/// <summary>Unanswered requests are bounded in number and bytes, and the reader waits for room.</summary>
public sealed class InFlightRequestsTests
{
    [Fact]
    public async Task A_request_beyond_the_number_waits_until_one_is_answered()
    {
        var requests = new InFlightRequests(maxRequests: 2, maxBytes: 100);
        Assert.True(await requests.EnterAsync(1));
        Assert.True(await requests.EnterAsync(1));

        var third = requests.EnterAsync(1).AsTask();
        Assert.False(third.IsCompleted);
        requests.Leave(1);

        Assert.True(await third);
    }

    [Fact]
    public async Task A_request_beyond_the_bytes_waits_until_it_fits()
    {
        var requests = new InFlightRequests(maxRequests: 10, maxBytes: 100);
        Assert.True(await requests.EnterAsync(60));
        Assert.True(await requests.EnterAsync(40));

        var third = requests.EnterAsync(41).AsTask();
        requests.Leave(60);

        Assert.True(await third); // 40 + 41 fit
        Assert.False(requests.EnterAsync(20).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_request_larger_than_the_bound_fits_when_it_is_alone()
    {
        var requests = new InFlightRequests(maxRequests: 10, maxBytes: 100);
        Assert.True(await requests.EnterAsync(1));

        var large = requests.EnterAsync(500).AsTask();
        Assert.False(large.IsCompleted);
        requests.Leave(1);

        Assert.True(await large);
        Assert.False(requests.EnterAsync(1).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Closed_nobody_enters_and_nobody_waits()
    {
        var requests = new InFlightRequests(maxRequests: 1, maxBytes: 100);
        Assert.True(await requests.EnterAsync(1));
        var waiting = requests.EnterAsync(1).AsTask();

        requests.Close();

        Assert.False(await waiting);
        Assert.False(await requests.EnterAsync(1));
    }
}
