using System.IO.Pipelines;
using System.Net.Sockets;
using JoChat.Actors;
using JoChat.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Gateway.Tests;

/// <summary>However a connection ends, its session ends with it and nobody sees an exception.</summary>
public sealed class RequestPumpTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly SqliteChatStore _store;
    private readonly ChatService _chat;

    public RequestPumpTests()
    {
        _store = SqliteChatStore.Open(_folder.File("chat.db"));
        _chat = ChatService.Start(_store, new ChatOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    }

    public static TheoryData<Exception> Faults =>
    [
        new IOException("reset"),
        new SocketException((int)SocketError.TimedOut),
        new ConnectionAbortedException("aborted"),
        new ObjectDisposedException("socket"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_connection_that_fails_ends_as_one_that_is_closed(Exception fault)
    {
        var sessions = new RequestPump(
            _chat, new GatewayOptions(), MemoryBudgetTests.Of(new GatewayOptions()));

        var serving = sessions.ServeAsync(Connect(), CancellationToken.None);
        await _toServer.Writer.CompleteAsync(fault);

        await serving;
    }

    [Fact]
    public async Task What_was_kept_of_a_client_is_kept_no_more_when_it_is_gone()
    {
        var memory = MemoryBudgetTests.Of(new GatewayOptions());
        var sessions = new RequestPump(_chat, new GatewayOptions(), memory);

        var serving = sessions.ServeAsync(Connect(), CancellationToken.None);
        await _toServer.Writer.WriteAsync(
            Wire.Frame(new string(' ', GatewayOptions.MaxGuestFrameBytes)).AsMemory()[..^1]);
        Assert.True(SpinWait.SpinUntil(() => memory.Held > 0, TimeSpan.FromSeconds(30)));
        await _toServer.Writer.CompleteAsync();
        await serving;

        Assert.Equal(0, memory.Held);
    }

    private StreamTransport Connect()
    {
        var connection = new DefaultConnectionContext
        {
            Transport = new DuplexPipe(_toServer.Reader, _toClient.Writer),
        };
        connection.Features.Set(new Admission(default, limit: null, cut: () => { }));
        return new StreamTransport(connection, Framing.FramedJson, TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _chat.StopAsync();
        _store.Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
