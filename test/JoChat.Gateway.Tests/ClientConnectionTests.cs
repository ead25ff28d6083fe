using System.IO.Pipelines;
using System.Text;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway.Tests;

/// <summary>The writing half of a connection: bursts become one write, and the session feels a slow socket.</summary>
public sealed class ClientConnectionTests : TestKit
{
    private static readonly MessageArrived Hi = new(1, "ada", "bob", "hi", DateTimeOffset.UnixEpoch, Away: false);

    private const int Budget = 100_000;

    // As the gateway's transport: a flush is complete when the reader took the bytes.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
    private readonly Pipe _input = new();
    private readonly TestProbe _session;
    private readonly MemoryBudget _memory = MemoryBudgetTests.Of(new GatewayOptions { MaxBufferedBytes = Budget });
    private readonly GatewayMetrics _metrics = new();
    private readonly ClientConnection _connection;

    public ClientConnectionTests()
    {
        _session = CreateTestProbe("session");
        _connection = Connect(new GatewayOptions { OutputBufferBytes = 1024 }, () => { });
        _connection.BindTo(_session.Ref);
    }

    [Fact]
    public async Task What_is_sent_while_a_write_is_under_way_goes_out_in_one_more_in_order()
    {
        await BeginWriteAsync(Hi);
        _connection.Send(Hi with { Id = 2 });
        _connection.Send(Hi with { Id = 3 });

        var first = await ReadAsync();
        Assert.Equal(new OutputWritten(Hi), await _session.ExpectMsgAsync<OutputWritten>());
        var second = await ReadAsync();

        Assert.Equal(1, Count(first, "\"id\":"));
        Assert.Matches("\"id\":2.*\"id\":3", second);
        Assert.Equal(new OutputWritten(Hi with { Id = 3 }), await _session.ExpectMsgAsync<OutputWritten>());
    }

    [Fact]
    public async Task Without_a_reader_there_is_soon_no_room_and_with_one_there_is_again()
    {
        await BeginWriteAsync(Hi);
        Assert.True(_connection.HasRoom);
        for (var i = 0; i < 20; i++) { _connection.Send(Hi); }
        Assert.False(_connection.HasRoom);

        await ReadAsync();
        await ReadAsync();
        await _session.ExpectMsgAsync<OutputWritten>();
        await _session.ExpectMsgAsync<OutputWritten>();

        Assert.True(_connection.HasRoom);
    }

    [Fact]
    public async Task A_write_makes_no_room_while_too_much_waits_behind_it()
    {
        await BeginWriteAsync(Hi);
        for (var i = 0; i < 20; i++) { _connection.Send(Hi); }

        await ReadAsync();
        await _session.ExpectMsgAsync<OutputWritten>();

        Assert.False(_connection.HasRoom);
    }

    [Fact]
    public async Task Closing_waits_until_everything_is_written()
    {
        await BeginWriteAsync(Hi);
        _connection.Send(Hi with { Id = 2 });
        _connection.Close();
        Assert.False(_connection.Closed.IsCompleted);
        Assert.True((await _input.Reader.ReadAsync()).IsCanceled);

        await ReadAsync();
        Assert.Contains("\"id\":2", await ReadAsync(), StringComparison.Ordinal);

        await _connection.Closed;
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_last_answers_is_cut()
    {
        var impatient = new GatewayOptions { CloseTimeout = TimeSpan.Zero };
        var connection = Connect(impatient, () => _pipe.Reader.Complete());
        connection.BindTo(_session.Ref);
        connection.Send(Hi);

        connection.Close();

        await connection.Closed;
    }

    [Fact]
    public async Task A_client_that_is_gone_has_room_for_everything_and_receives_nothing()
    {
        for (var i = 0; i < 20; i++) { _connection.Send(Hi); }

        await _pipe.Reader.CompleteAsync();

        Assert.Equal(new OutputWritten(null), await _session.ExpectMsgAsync<OutputWritten>());
        Assert.True(_connection.HasRoom);
        await _connection.Closed;
        _connection.Send(Hi);
    }

    [Fact]
    public async Task An_answer_lets_the_next_request_be_read_and_an_event_does_not()
    {
        var options = new GatewayOptions { MaxRequestsInFlight = 1 };
        var one = Connect(options, () => { });
        Assert.True(await one.InFlight.EnterAsync(1));
        var next = one.InFlight.EnterAsync(1).AsTask();

        one.Send(Hi);
        Assert.False(next.IsCompleted);
        one.Answer(new ClientRequest(new LogOut(), 1), new LoggedOut());

        Assert.True(await next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_for_the_socket_is_kept_in_memory_until_it_is_written_or_the_client_is_gone(bool isRead)
    {
        var large = Hi with { Content = new string('x', 3 * HeldMemory.Step) };
        await BeginWriteAsync(large);
        _connection.Send(large);
        Assert.InRange(_memory.Held, 6 * HeldMemory.Step, 7 * HeldMemory.Step);

        _connection.Close();
        if (isRead)
        {
            await ReadAsync();
            await ReadAsync();
        }
        else { await _pipe.Reader.CompleteAsync(); }
        await _connection.Closed;

        Assert.Equal(0, _memory.Held);
    }

    [Fact]
    public async Task When_memory_is_used_up_an_acknowledgement_is_told_and_anything_else_is_refused_as_busy()
    {
        _connection.Memory.Add(Budget + 1);
        var acknowledged = new Acknowledge([1]);

        Assert.True(await _connection.TellAsync(new Ping(), 1));
        Assert.True(await _connection.TellAsync(acknowledged, 1));

        var refused = Assert.IsType<UnreadableRequest>((await _session.ExpectMsgAsync<ClientRequest>()).Request);
        Assert.Equal(ErrorCode.Busy, refused.Code);
        Assert.Same(acknowledged, (await _session.ExpectMsgAsync<ClientRequest>()).Request);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_stalls_is_counted_until_it_reads_again_or_is_gone(bool isGone)
    {
        using var readings = new MeterReadings(_metrics.Meter);
        await BeginWriteAsync(Hi);
        for (var i = 0; i < 20; i++) { _connection.Send(Hi); }
        Assert.Equal(1, readings.Read("jochat.connections.stalled"));

        if (isGone) { await _pipe.Reader.CompleteAsync(); }
        else
        {
            await ReadAsync();
            await ReadAsync();
            await _session.ExpectMsgAsync<OutputWritten>();
        }
        await _session.ExpectMsgAsync<OutputWritten>();

        Assert.Equal(0, readings.Read("jochat.connections.stalled"));
        Assert.Equal(1, readings.Read("jochat.connections.stalls"));
        Assert.Equal(21, readings.Read("jochat.messages.pushed kind=live"));
    }

    private ClientConnection Connect(GatewayOptions options, Action abort)
    {
        var connection = new DefaultConnectionContext { Transport = new DuplexPipe(_input.Reader, _pipe.Writer) };
        connection.ConnectionClosed.Register(abort);
        connection.Features.Set(new Admission(default, limit: null, cut: () => { }));
        var transport = new StreamTransport(
            connection, Framing.FramedJson, TimeSpan.FromMinutes(1), TimeProvider.System);
        return new ClientConnection(transport, new ConnectionServices(options, _memory, _metrics.Requests));
    }

    // Sends one message, of which the transport has taken nothing yet: what is sent next waits behind it.
    private async Task BeginWriteAsync(MessageArrived message)
    {
        _connection.Send(message);
        var begun = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(begun.Buffer.Start);
    }

    private async Task<string> ReadAsync()
    {
        var read = await _pipe.Reader.ReadAsync();
        var text = Encoding.UTF8.GetString(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
