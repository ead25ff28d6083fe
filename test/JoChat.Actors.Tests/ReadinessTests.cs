using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>Whether the service could carry out requests is told at once, or after a bounded time.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly ObservedStore _store;
    private readonly ChatService _chat;

    public ReadinessTests()
    {
        _store = new ObservedStore(SqliteChatStore.Open(_folder.File("chat.db"), skeletonOf: Protocol.Skeleton.Of));
        _chat = ChatService.Start(_store.Calls, new ChatOptions(), _clock, NullLoggerFactory.Instance);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_writer_that_takes_commands_is_ready_and_one_that_has_stopped_is_not()
    {
        Assert.Null(await _chat.FindOutageAsync().OrFail());

        await _chat.StopAsync().OrFail();

        Assert.Equal("the chat service has stopped", await _chat.FindOutageAsync().OrFail());
    }

    [Fact]
    public async Task A_writer_that_hangs_is_told_of_in_bounded_time()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        Assert.Null(await _chat.FindOutageAsync().OrFail());
        _store.BeforeCall = call =>
        {
            if (call != nameof(IChatStore.EnsureInPlace)) { return; }
            entered.Set();
            gate.Wait();
        };
        _clock.Advance(TimeSpan.FromSeconds(1)); // the upkeep of each second looks for the file
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1)));

        var outage = _chat.FindOutageAsync();
        Assert.False(outage.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1.3));

        Assert.Equal("the writer does not answer", await outage.OrFail());
        gate.Set();
        await _chat.StopAsync().OrFail();
    }
}
