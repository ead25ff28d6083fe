using System.Threading.Channels;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>A client and its connection, which takes at once all it is sent.</summary>
internal sealed class Client : IClientConnection
{
    private readonly Channel<Response> _answers = Channel.CreateUnbounded<Response>();
    private readonly Channel<ServerEvent> _events = Channel.CreateUnbounded<ServerEvent>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IActorRef Session { get; set; } = ActorRefs.Nobody;

    public Task Closed => _closed.Task;

    public ClientAddress Address => default;

    public bool HasRoom => true;

    public void Submit(Request request) => Session.Tell(new ClientRequest(request, 0), ActorRefs.NoSender);

    public Task<Response> AnswerAsync() => _answers.Reader.ReadAsync().AsTask().OrFail();

    public async Task<T> AskAsync<T>(Request request)
        where T : Response
    {
        Submit(request);
        return Assert.IsType<T>(await AnswerAsync());
    }

    public async Task<T> ExpectAsync<T>()
        where T : ServerEvent => Assert.IsType<T>(await _events.Reader.ReadAsync().AsTask().OrFail());

    /// <summary>The texts of the messages that have come.</summary>
    public IEnumerable<string> TakeTexts() => TakeEvents().OfType<MessageArrived>().Select(message => message.Content);

    /// <summary>What has come since the last time.</summary>
    public IReadOnlyList<Response> TakeAnswers() => Take(_answers.Reader);

    /// <inheritdoc cref="TakeAnswers"/>
    public IReadOnlyList<ServerEvent> TakeEvents() => Take(_events.Reader);

    public void NoteLogin(bool isLoggedIn)
    {
    }

    public int Answer(ClientRequest request, Response response)
    {
        if (!Closed.IsCompleted) { _answers.Writer.TryWrite(response); }
        return 0;
    }

    public void Settle(ClientRequest request)
    {
    }

    public void Send(ServerEvent news)
    {
        if (!Closed.IsCompleted) { _events.Writer.TryWrite(news); }
        Session.Tell(new OutputWritten(news), ActorRefs.NoSender);
    }

    public void Close() => _closed.TrySetResult();

    private static List<T> Take<T>(ChannelReader<T> from)
    {
        var taken = new List<T>();
        while (from.TryRead(out var one)) { taken.Add(one); }
        return taken;
    }
}
