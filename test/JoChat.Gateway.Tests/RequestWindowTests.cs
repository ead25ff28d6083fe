namespace JoChat.Gateway.Tests;

/// <summary>Unanswered requests are bounded in number and bytes, and the reader waits for room.</summary>
public sealed class RequestWindowTests
{
    [Fact]
    public async Task A_request_beyond_the_number_waits_until_the_oldest_is_answered()
    {
        var window = new RequestWindow(maxRequests: 2, maxBytes: 100);
        Assert.True(await window.EnterAsync(1));
        Assert.True(await window.EnterAsync(1));

        var third = window.EnterAsync(1).AsTask();
        Assert.False(third.IsCompleted);
        window.Leave();

        Assert.True(await third);
    }

    [Fact]
    public async Task A_request_beyond_the_bytes_waits_until_it_fits()
    {
        var window = new RequestWindow(maxRequests: 10, maxBytes: 100);
        Assert.True(await window.EnterAsync(60));
        Assert.True(await window.EnterAsync(40));

        var third = window.EnterAsync(41).AsTask();
        window.Leave();

        Assert.True(await third); // 40 + 41 fit
        Assert.False(window.EnterAsync(20).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_request_larger_than_the_window_fits_when_it_is_alone()
    {
        var window = new RequestWindow(maxRequests: 10, maxBytes: 100);
        Assert.True(await window.EnterAsync(1));

        var large = window.EnterAsync(500).AsTask();
        Assert.False(large.IsCompleted);
        window.Leave();

        Assert.True(await large);
        Assert.False(window.EnterAsync(1).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_request_without_an_answer_that_overtakes_a_large_one_makes_no_room_for_another_large_one()
    {
        var window = new RequestWindow(maxRequests: 10, maxBytes: 100);
        Assert.True(await window.EnterAsync(60));
        Assert.True(await window.EnterAsync(1, isAnswered: false));

        window.Settle();

        Assert.False(window.EnterAsync(60).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_closed_window_lets_nobody_in_and_nobody_wait()
    {
        var window = new RequestWindow(maxRequests: 1, maxBytes: 100);
        Assert.True(await window.EnterAsync(1));
        var waiting = window.EnterAsync(1).AsTask();

        window.Close();

        Assert.False(await waiting);
        Assert.False(await window.EnterAsync(1));
    }
}
