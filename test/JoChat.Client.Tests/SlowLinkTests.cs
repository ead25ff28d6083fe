using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A link that is slow and moves is no dead one, and a dead one is found out all the same.</summary>
public sealed class SlowLinkTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly TestClock _time = new();
    private readonly GatedStream _stream = new();
    private readonly JoChatClientOptions _options;
    private readonly Connection _connection;

    public SlowLinkTests()
    {
        _options = new JoChatClientOptions { Time = _time };
        _connection = new Connection(_stream, _options, (_, _) => ValueTask.CompletedTask);
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _stream.DisposeAsync();
    }

    [Fact]
    public async Task While_the_server_takes_our_bytes_it_is_not_silent_and_the_request_waits()
    {
        _connection.StartHeartbeat();
        var asking = _connection.AskAsync(LargeText(), default);

        for (var taken = 0; taken < 65_000 + 4096; taken += 4096)
        {
            var write = await _stream.NextWriteAsync();
            _time.Advance(_options.KeepAlive);
            _time.Advance(_options.KeepAlive);
            write.SetResult();
            if (taken + 4096 > 65_000) { break; }
        }

        Assert.False(_connection.Ending.IsCancellationRequested);
        await _stream.GiveAsync(Answer(new MessageStored()));
        Assert.IsType<MessageStored>(await asking.OrFail());
    }

    [Fact]
    public async Task A_server_that_takes_no_more_is_given_up_in_bounded_time()
    {
        _connection.StartHeartbeat();
        var asking = _connection.AskAsync(LargeText(), default);
        (await _stream.NextWriteAsync()).SetResult();
        await _stream.NextWriteAsync();

        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromMinutes(10); waited += _options.KeepAlive)
        {
            _time.Advance(_options.KeepAlive);
        }

        await Assert.ThrowsAnyAsync<JoChatException>(() => asking.OrFail());
        Assert.Equal("The server has been silent for too long.", (await _connection.Ended.OrFail()).Why);
    }

    [Fact]
    public async Task Bytes_in_buffers_that_nobody_sees_are_given_their_time_and_no_more()
    {
        _stream.TakesAtOnce = true;
        _connection.StartHeartbeat();
        var asking = _connection.AskAsync(LargeText(), default); // takes 65 s at 1,000 bytes a second

        _time.Advance(TimeSpan.FromSeconds(66));
        Assert.False(asking.IsCompleted || _connection.Ending.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(5));

        await Assert.ThrowsAnyAsync<JoChatException>(() => asking.OrFail());
        await _connection.Ended.OrFail();
    }

    [Fact]
    public async Task Small_requests_that_a_dead_server_does_not_answer_do_not_keep_it_alive()
    {
        _stream.TakesAtOnce = true;
        _connection.StartHeartbeat();

        for (var ticks = 0; ticks < 3; ticks++)
        {
            await _connection.TrySendAsync(new PendingRequest(new CountUnread(), WireEncoding.Json));
            _time.Advance(_options.KeepAlive);
        }

        await _connection.Ended.OrFail();
    }

    [Fact]
    public async Task An_answer_that_comes_slowly_is_waited_for()
    {
        _stream.TakesAtOnce = true;
        var asking = _connection.AskAsync(new ListDelivered(), default);
        var answer = Answer(new DeliveredListed([new InboxMessage(1, "bob", new string('x', 50))]));

        foreach (var part in answer.Chunk(10))
        {
            Assert.False(asking.IsCompleted);
            await _stream.GiveAsync(part);
            _time.Advance(_options.RequestTimeout - TimeSpan.FromSeconds(1));
        }

        Assert.IsType<DeliveredListed>(await asking.OrFail());
    }

    private static SendMessage LargeText() => new("ada", "bob", new string('x', 65_000), "id-1");

    private static byte[] Answer(Response response)
    {
        var bytes = new ArrayBufferWriter<byte>();
        JsonCodec.WriteMessage(response, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
