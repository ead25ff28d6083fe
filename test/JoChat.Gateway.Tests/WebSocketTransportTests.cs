using System.Net.WebSockets;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway.Tests;

/// <summary>A WebSocket as a transport: bounded in what it receives, and one message a body in both directions.</summary>
public sealed class WebSocketTransportTests : TestKit
{
    private readonly ScriptedWebSocket _socket = new();
    private readonly WebSocketTransport _transport;
    private readonly ClientConnection _connection;
    private readonly TestProbe _session;

    public WebSocketTransportTests()
    {
        _session = CreateTestProbe("session");
        _transport = new WebSocketTransport(
            _socket, cookie: null, new Admission(default, limit: null, cut: () => { }),
            TimeSpan.FromMinutes(1), TimeProvider.System);
        _connection = new ClientConnection(
            _transport, new ConnectionServices(
                new GatewayOptions { MaxRequestsInFlight = 1 }, MemoryBudgetTests.Of(new GatewayOptions())));
        _connection.BindTo(_session.Ref);
    }

    [Fact]
    public async Task While_a_request_cannot_be_in_flight_nothing_more_is_received()
    {
        for (var i = 0; i < 4; i++) { _socket.Receive(Wire.HelloJson); }
        await BeginAsync();

        var reading = _connection.ReadRequestsAsync();
        var first = await _session.ExpectMsgAsync<ClientRequest>();
        Assert.Equal(2, _socket.Unreceived);
        _connection.Settle(first);
        await _session.ExpectMsgAsync<ClientRequest>();

        Assert.Equal(Wire.HelloJson.Length, first.Bytes);
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task Reading_stops_at_once_and_what_comes_later_is_discarded()
    {
        _socket.Receive(Wire.HelloJson);
        await BeginAsync();
        var reading = _connection.ReadRequestsAsync();
        _connection.Settle(await _session.ExpectMsgAsync<ClientRequest>());

        _connection.StopReading();
        await reading;
        _socket.Receive(Wire.HelloJson);
        _socket.Receive("", WebSocketMessageType.Close);
        await _transport.DiscardAsync();

        _session.Ref.Tell("fence", ActorRefs.NoSender);
        await _session.ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task What_is_sent_while_a_write_is_under_way_goes_out_as_one_message_each()
    {
        var socket = new TaskCompletionSource();
        _socket.MaySend = socket.Task;
        _socket.Receive(Wire.HelloJson);
        await BeginAsync();
        var typing = Enumerable.Range(0, 5).Select(i => new TypingArrived($"ada{i}", true)).ToList();

        _connection.Send(typing[0]);
        Assert.True(SpinWait.SpinUntil(() => _socket.Sent.Count == 1, TimeSpan.FromSeconds(30)));
        typing[1..].ForEach(_connection.Send);
        Assert.Single(_socket.Sent);
        socket.SetResult();
        _connection.Close();
        await _connection.Closed;

        Assert.Equal(
            typing.Select(news => $$$"""{"msg_type":"typing","data":{"sender":"{{{news.Sender}}}","typing":true}}"""),
            _socket.Sent);
    }

    private async Task BeginAsync() =>
        Assert.True(await _transport.BeginAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, default));
}
