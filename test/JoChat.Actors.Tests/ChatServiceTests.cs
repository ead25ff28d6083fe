using System.Threading.Channels;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The whole service, over a real store and without sockets.</summary>
public sealed class ChatServiceTests : IDisposable
{
    private static readonly Secret Password = new("secret");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");
    private readonly TestClock _clock = new(); // it stands still: no stop gives up before the test lets it

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stop_commits_what_was_told_before_it()
    {
        using var store = Open();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var (ada, seen) = await EnterAsync(chat);
        ada.Submit(new SendMessage("ada", "ada", "hi"));
        var arrived = (MessageArrived)await seen.ReadUntilAsync<MessageArrived>();
        var (guest, _) = await ConnectAsync(chat);
        store.BeforeFind = () =>
        {
            entered.Set();
            gate.Wait(); // the store is busy, so what comes now waits in the mailbox
        };
        guest.Submit(new LogIn("nobody", Password));
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1)));

        ada.Tell(new OutputWritten(arrived));
        ada.Submit(new Hello("fence", Features.Push));
        await seen.ReadUntilAsync<Welcome>();
        var stopping = chat.StopAsync();
        gate.Set();
        await stopping.OrFail();

        Assert.Equal(0, store.Calls.CountUndelivered(new AccountId(1), default, new MessageId(arrived.Id)));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever_for_a_store_that_hangs_and_it_shows()
    {
        using var store = Open();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var (guest, _) = await ConnectAsync(chat);
        store.BeforeFind = () =>
        {
            entered.Set();
            gate.Wait();
        };
        guest.Submit(new LogIn("nobody", Password));
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1)));

        await _clock.AdvanceUntilAsync(chat.StopAsync(), TimeSpan.FromSeconds(2));
        var isStopped = chat.Stopped.IsCompleted;
        gate.Set();
        await chat.Stopped.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.False(isStopped);
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_to_whoever_resumes_and_another_password_ends_that()
    {
        using var store = Open();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var first = await ConnectAsync(chat);
        first.Session.Submit(new SignUp("ada", Password));
        var token = await EnterAsync(first, new LogIn("ada", Password, WantsToken: true));
        first.Session.Submit(new SendMessage("ada", "ada", "1"));
        first.Session.Submit(new SendMessage("ada", "ada", "2"));
        var one = (MessageArrived)await first.Seen.ReadUntilAsync<MessageArrived>();
        await first.Seen.ReadUntilAsync<MessageArrived>();
        first.Session.Submit(new Acknowledge([one.Id]));
        first.Session.Submit(new CountUnread());
        await first.Seen.ReadUntilAsync<UnreadCounted>();

        var second = await ConnectAsync(chat);
        await EnterAsync(second, new Resume(token));
        var again = (MessageArrived)await second.Seen.ReadUntilAsync<MessageArrived>();
        await second.Seen.ReadUntilAsync<QueueEmptied>();
        var closed = (SessionClosed)await first.Seen.ReadUntilAsync<SessionClosed>();
        second.Session.Submit(new ChangePassword(Password, new Secret("another")));
        await second.Seen.ReadUntilAsync<PasswordChanged>();
        second.Session.Tell(InputEnded.Instance);
        var third = await ConnectAsync(chat);
        third.Session.Submit(new Resume(token));
        var refused = (Refused)await third.Seen.ReadUntilAsync<Refused>();
        await EnterAsync(third, new LogIn("ada", new Secret("another"), Takeover: true));
        await chat.StopAsync().OrFail();

        Assert.Equal("2", again.Content);
        Assert.True(again.Away);
        Assert.Equal(SessionCloseReason.TakenOver, closed.Reason);
        Assert.Equal(ErrorCode.InvalidToken, refused.Code);
    }

    [Fact]
    public async Task What_a_client_lists_but_does_not_acknowledge_comes_again()
    {
        using var store = Open();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var first = await ConnectAsync(chat);
        first.Session.Submit(new SignUp("ada", Password));
        await EnterAsync(first, new LogIn("ada", Password));
        first.Session.Submit(new SendMessage("ada", "ada", "1"));
        await first.Seen.ReadUntilAsync<MessageArrived>();
        first.Session.Submit(new ListDelivered());
        var listed = (DeliveredListed)await first.Seen.ReadUntilAsync<DeliveredListed>();

        var second = await ConnectAsync(chat);
        await EnterAsync(second, new LogIn("ada", Password, Takeover: true));
        var again = (MessageArrived)await second.Seen.ReadUntilAsync<MessageArrived>();
        await chat.StopAsync().OrFail();

        Assert.Equal("1", Assert.Single(listed.Messages).Content);
        Assert.Equal("1", again.Content);
    }

    [Theory]
    [InlineData(299.9, true)]
    [InlineData(300, false)]
    public async Task So_long_after_a_login_with_the_password_the_account_is_deleted_without_it(
        double seconds, bool isDeleted)
    {
        using var store = Open();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var (ada, seen) = await EnterAsync(chat);

        _clock.Advance(TimeSpan.FromSeconds(seconds));
        ada.Submit(new DeleteAccount());

        if (isDeleted) { await seen.ReadUntilAsync<AccountDeleted>(); }
        else { Assert.Equal(Refusals.PasswordRequired, await seen.ReadUntilAsync<Refused>()); }
        await chat.StopAsync().OrFail();
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task What_is_asked_after_an_answer_sees_what_was_answered()
    {
        using var store = Open();
        var chat = ChatService.Start(store.Calls, Options, _clock, NullLoggerFactory.Instance);
        var (ada, seen) = await EnterAsync(chat);

        for (var i = 1; i <= 50; i++) // in one burst: the session alone keeps them apart
        {
            ada.Submit(new SignUp($"friend{i}", Password));
            ada.Submit(new ListAccounts("friend", 0, 100));
            ada.Submit(new SendMessage("ada", "ada", $"{i}"));
            ada.Submit(new ReadHistory("ada", null, 100));
            ada.Submit(new MarkRead("ada", long.MaxValue));
            ada.Submit(new ListConversations(null, 10));
        }

        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal(i, ((AccountsListed)await seen.ReadUntilAsync<AccountsListed>()).Users.Length);
            Assert.Equal($"{i}", ((History)await seen.ReadUntilAsync<History>()).Messages[^1].Content);
            var conversations = (ConversationList)await seen.ReadUntilAsync<ConversationList>();
            Assert.Equal(0, Assert.Single(conversations.Conversations).UnreadCount);
        }
        await chat.StopAsync().OrFail();
    }

    private static ChatOptions Options => new() { Passwords = new PasswordOptions { Iterations = 1 } };

    private ObservedStore Open() => new(SqliteChatStore.Open(Path.Combine(_folder.FullName, "chat.db")));

    private static async Task<(IActorRef Session, Recorder Seen)> ConnectAsync(ChatService chat)
    {
        var recorder = new Recorder();
        return (await chat.OpenSessionAsync(recorder, CancellationToken.None), recorder);
    }

    // With push and acknowledgements; gives the token if there is one.
    private static async Task<Secret?> EnterAsync((IActorRef Session, Recorder Seen) device, Request request)
    {
        device.Session.Submit(new Hello("test", Features.Push | Features.Ack));
        device.Session.Submit(request);
        if (request is LogIn) { return ((LoggedIn)await device.Seen.ReadUntilAsync<LoggedIn>()).ResumeToken; }
        await device.Seen.ReadUntilAsync<Resumed>();
        return null;
    }

    private static async Task<(IActorRef Session, Recorder Seen)> EnterAsync(ChatService chat)
    {
        var (session, seen) = await ConnectAsync(chat);
        session.Submit(new Hello("test", Features.Push));
        session.Submit(new SignUp("ada", Password));
        session.Submit(new LogIn("ada", Password));
        await seen.ReadUntilAsync<LoggedIn>();
        return (session, seen);
    }

    /// <summary>A connection that keeps what it is sent.</summary>
    private sealed class Recorder : IClientConnection
    {
        private readonly Channel<ServerMessage> _sent = Channel.CreateUnbounded<ServerMessage>();

        public ClientAddress Address => default;

        public bool HasRoom => true;

        public int Answer(ClientRequest request, Response response) => _sent.Writer.TryWrite(response) ? 1 : 0;

        public void Send(ServerEvent news) => _sent.Writer.TryWrite(news);

        public void NoteLogin(bool isLoggedIn)
        {
        }

        public void Settle(ClientRequest request)
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
