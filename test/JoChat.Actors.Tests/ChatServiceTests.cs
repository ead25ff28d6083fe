using System.Threading.Channels;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The whole service, over a real store and without sockets.</summary>
public sealed class ChatServiceTests : IDisposable
{
    private static readonly Secret Password = new("secret");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stop_commits_what_was_told_before_it()
    {
        using var store = Open();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var chat = ChatService.Start(store, Options, TimeProvider.System, NullLoggerFactory.Instance);
        var (ada, seen) = await EnterAsync(chat);
        ada.Tell(new SendMessage("ada", "ada", "hi"));
        var arrived = (MessageArrived)await seen.ReadUntilAsync<MessageArrived>();
        var (guest, _) = await ConnectAsync(chat);
        store.BeforeFind = () =>
        {
            entered.Set();
            gate.Wait(); // the store is busy, so what comes now waits in the mailbox
        };
        guest.Tell(new LogIn("nobody", Password));
        entered.Wait();

        ada.Tell(new OutputWritten(arrived));
        ada.Tell(new Hello("fence", Features.Push));
        await seen.ReadUntilAsync<Welcome>();
        var stopping = chat.StopAsync();
        gate.Set();
        await stopping;

        Assert.Equal(0, store.CountWaiting(new AccountId(1), new MessageId(arrived.Id)));
    }

    private static ChatOptions Options => new() { Passwords = new PasswordOptions { Iterations = 1 } };

    private ObservedStore Open() => new(SqliteChatStore.Open(Path.Combine(_folder.FullName, "chat.db")));

    private static async Task<(IActorRef Session, Recorder Seen)> ConnectAsync(ChatService chat)
    {
        var recorder = new Recorder();
        return (await chat.OpenSessionAsync(recorder, CancellationToken.None), recorder);
    }

    private static async Task<(IActorRef Session, Recorder Seen)> EnterAsync(ChatService chat)
    {
        var (session, seen) = await ConnectAsync(chat);
        session.Tell(new Hello("test", Features.Push));
        session.Tell(new SignUp("ada", Password));
        session.Tell(new LogIn("ada", Password));
        await seen.ReadUntilAsync<LoggedIn>();
        return (session, seen);
    }

    /// <summary>A connection that keeps what it is sent.</summary>
    private sealed class Recorder : IClientConnection
    {
        private readonly Channel<ServerMessage> _sent = Channel.CreateUnbounded<ServerMessage>();

        public bool HasRoom => true;

        public void Send(ServerMessage message) => _sent.Writer.TryWrite(message);

        public void Settle()
        {
        }

        public void Close() => _sent.Writer.TryComplete();

        public async Task<ServerMessage> ReadUntilAsync<T>()
        {
            while (true)
            {
                var message = await _sent.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
                if (message is T) { return message; }
            }
        }
    }
}
