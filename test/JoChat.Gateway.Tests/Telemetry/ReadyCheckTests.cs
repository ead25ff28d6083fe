namespace JoChat.Gateway.Tests;

/// <summary>However often it is asked, the writer is asked once a second, and nobody is told that a server that stops is
/// ready.</summary>
public sealed class ReadyCheckTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _asked;

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task An_answer_is_good_for_a_second()
    {
        var check = Check(() => Task.FromResult<string?>(null));
        for (var i = 0; i < 100; i++) { Assert.Null(await check.FindOutageAsync()); }
        Assert.Equal(1, _asked);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await check.FindOutageAsync();

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Who_asks_while_an_answer_is_awaited_waits_for_the_same()
    {
        var answer = new TaskCompletionSource<string?>();
        var check = Check(() => answer.Task);
        var first = check.FindOutageAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = check.FindOutageAsync();

        answer.SetResult("the writer does not answer");

        Assert.Equal("the writer does not answer", await first.OrFail());
        Assert.Equal("the writer does not answer", await second.OrFail());
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_server_that_stops_is_not_ready_even_if_it_began_to_while_it_was_asked()
    {
        var answer = new TaskCompletionSource<string?>();
        var check = Check(() => answer.Task);
        var asked = check.FindOutageAsync();

        await _stopping.CancelAsync();
        answer.SetResult(null);

        Assert.Equal("the server is stopping", await asked.OrFail());
        Assert.Equal("the server is stopping", await check.FindOutageAsync().OrFail());
        Assert.Equal(1, _asked);
    }

    private ReadyCheck Check(Func<Task<string?>> find) => new(
        () =>
        {
            _asked++;
            return find();
        },
        _clock, _stopping.Token);
}
