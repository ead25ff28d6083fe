using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A client and its connection in a simulation, which checks that each request is answered once, in the order
/// asked and by its own operation.</summary>
internal sealed class Requester(string name) : IClientConnection
{
    private readonly Queue<Request> _unanswered = [];
    private readonly List<long> _unacknowledged = [];
    private ServerEvent? _unwritten;
    private int _requests;
    private bool _hasEnded;

    public string Name => name;

    public IActorRef Session { get; set; } = ActorRefs.Nobody;

    public ClientAddress Address => default;

    public bool HasRoom { get; set; } = true;

    public bool IsClosed { get; private set; }

    public bool IsLoggedIn { get; private set; }

    public Secret? Token { get; private set; }

    /// <summary>What the server says is in force.</summary>
    public Features Features { get; private set; }

    public IReadOnlyCollection<Request> Unanswered => _unanswered;

    public List<(Request Request, Response Response)> Answers { get; } = [];

    public List<string> Faults { get; } = [];

    public void Ask(Request request)
    {
        if (_hasEnded) { return; }
        var numbered = request with { Id = new RequestId(_requests++.ToString(CultureInfo.InvariantCulture)) };
        _unanswered.Enqueue(numbered);
        Session.Submit(numbered);
    }

    public void AcknowledgeAll()
    {
        if (_hasEnded) { return; }
        Session.Submit(new Acknowledge([.. _unacknowledged]));
        _unacknowledged.Clear();
    }

    public void EndInput()
    {
        if (!_hasEnded) { Session.Tell(InputEnded.Instance, ActorRefs.NoSender); }
        _hasEnded = true;
    }

    /// <summary>The socket takes what waits.</summary>
    public void Write()
    {
        HasRoom = true;
        Session.Tell(new OutputWritten(_unwritten), ActorRefs.NoSender);
        _unwritten = null;
    }

    public int Answer(ClientRequest request, Response response)
    {
        if (!IsClosed) { Match(response.AsAnswerTo(request.Request)); }
        return 0;
    }

    public void Send(ServerEvent news)
    {
        if (IsClosed) { return; }
        _unwritten = news;
        if (news is MessageArrived arrived) { _unacknowledged.Add(arrived.Id); }
    }

    public void NoteLogin(bool isLoggedIn)
    {
    }

    public void Settle(ClientRequest request)
    {
    }

    public void Close() => IsClosed = true;

    // Told at the end: what is thrown in a session is the end of the session.
    private void Match(Response response)
    {
        if (!_unanswered.TryDequeue(out var request))
        {
            Faults.Add($"{response} answers nothing.");
            return;
        }
        if (response.Id != request.Id || response.Operation != request.Operation)
        {
            Faults.Add($"{response} came for {request}.");
        }
        Answers.Add((request, response));
        IsLoggedIn = response is LoggedIn or Resumed || (IsLoggedIn && response is not (LoggedOut or AccountDeleted));
        Token = (response as LoggedIn)?.ResumeToken ?? Token;
        Features = (response as Welcome)?.Features ?? Features;
    }
}
