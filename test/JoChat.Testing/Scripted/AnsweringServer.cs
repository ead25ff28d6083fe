using System.Collections.Concurrent;
using System.IO.Enumeration;
using JoChat.Protocol;

namespace JoChat.Testing;

/// <summary>A real TCP server on loopback that answers every request by a rule, on one connection after the other.
/// </summary>
public sealed class AnsweringServer : IAsyncDisposable
{
    private static readonly Secret Token = new("token");

    private static readonly ListedAccount[] People = [new(1, "ada"), new(2, "bob"), new(3, "cyd"), new(4, "eve")];

    private readonly ScriptedServer _server = new();
    private readonly Task _running;
    private ScriptedPeer? _peer;

    public AnsweringServer() => _running = _server.ServeAsync(ServeAsync);

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
        ListAccounts list => new AccountsListed([.. People.Where(person => IsLike(person.Username, list.Pattern ?? ""))]),
        ReadInbox => new InboxRead([]),
        MarkDelivered => new MarkedDelivered(),
        DeleteMessages delete => new MessagesDeleted(delete.Ids.Length),
        DeleteAccount => new AccountDeleted(),
        Block => new Blocked(),
        Unblock => new Unblocked(),
        ListBlocked => new BlockedListed([]),
        DeleteFrom => new DeletedFrom(2),
        ListLogins => new LoginsListed([]),
        RevokeLogin => new LoginRevoked(IsOwn: false),
        MarkRead => new MarkedRead(),
        Typing => new TypingNoted(),
        AskPresence => new PresenceOf([]),
        ChangePassword => new PasswordChanged(),
        ListConversations => new ConversationList([]),
        ReadHistory => new History([]),
        _ => new Refused(request.Operation, ErrorCode.UnknownOperation, "Unknown."),
    };

    private static bool IsLike(string name, string pattern) => pattern.AsSpan().ContainsAny('*', '?')
        ? FileSystemName.MatchesSimpleExpression(pattern, name)
        : name.Contains(pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>Replaces the rule for one kind of request; null hangs up.</summary>
    public void On<T>(Func<T, Response?> answer)
        where T : Request
    {
        var otherwise = Answer;
        Answer = request => request is T asked ? answer(asked) : otherwise(request);
    }

    /// <summary>Pushes messages on the connection that is open.</summary>
    public Task PushAsync(params ServerMessage[] messages) => _peer!.SendAsync(messages);

    /// <summary>Cuts the connection that is open.</summary>
    public void HangUp() => _peer!.Dispose();

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        _peer?.Dispose();
        await _running;
    }

    private async Task ServeAsync(ScriptedPeer peer)
    {
        _peer = peer;
        while (await peer.TryReceiveAsync() is { } request)
        {
            if (request is Acknowledge) { continue; } // they come when they come, and have no answer
            Requests.Enqueue(request);
            if (Answer(request) is not { } answer) { return; }
            await peer.SendAsync(answer.AsAnswerTo(request));
        }
    }
}
