using System.Collections.Concurrent;
using JoChat.Protocol;

namespace JoChat.Cli.Tests;

/// <summary>A real TCP server on loopback that answers every request by a rule, on one connection after the other.
/// </summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private static readonly Secret Token = new("token");

    private readonly ScriptedServer _server = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private ScriptedPeer? _peer;

    public AnsweringServer() => _running = RunAsync();

    public int Port => _server.Port;

    /// <summary>Whether the connection that is open, or was last, speaks binary.</summary>
    public bool IsBinary => _peer!.IsBinary;

    /// <summary>Every request so far, in the order they came.</summary>
    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>The rule; null hangs up. What it leaves to <see cref="Usually"/> succeeds.</summary>
    public Func<Request, Response?> Answer { get; set; } = Usually;

    public static Response Usually(Request request) => request switch
    {
        Hello hello => new Welcome("test", hello.Features, Limits.DefaultMaxFrameBytes, 256, 262144),
        SignUp => new SignedUp(),
        LogIn login => new LoggedIn(0, login.WantsToken ? Token : null),
        Resume => new Resumed("ada", 0),
        LogOut => new LoggedOut(),
        CountUnread => new UnreadCounted(0),
        SendMessage send => new MessageStored(send.ClientId is null ? null : new(1, DateTimeOffset.UnixEpoch)),
        ListDelivered => new DeliveredListed([]),
        FetchAway => new AwayFetched([]),
        ListAccounts => new AccountsListed([]),
        DeleteMessages delete => new MessagesDeleted(delete.Ids.Length),
        DeleteAccount => new AccountDeleted(),
        _ => new Refused(request.Operation, ErrorCode.UnknownOperation, "Unknown."),
    };

    /// <summary>Pushes messages on the connection that is open.</summary>
    public Task PushAsync(params ServerMessage[] messages) => _peer!.SendAsync(messages);

    /// <summary>Cuts the connection that is open.</summary>
    public void HangUp() => _peer!.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _server.Dispose();
        _peer?.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the sockets end under its hands
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            using var peer = await _server.AcceptAsync();
            _peer = peer;
            try
            {
                await ServeAsync(peer);
            }
            catch (IOException)
            {
                // the client, or the test, has cut the connection
            }
            catch (ObjectDisposedException)
            {
                // the same
            }
        }
    }

    private async Task ServeAsync(ScriptedPeer peer)
    {
        while (await peer.TryReceiveAsync() is { } request)
        {
            if (request is Acknowledge) { continue; } // they come when they come, and have no answer
            Requests.Enqueue(request);
            if (Answer(request) is not { } answer) { return; }
            await peer.SendAsync(answer.AsAnswerTo(request));
        }
    }
}
