using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A server that keeps its promises, on connections that are cut at random: inside frames too, before and
/// after it has done what was asked.</summary>
internal sealed class ModelServer(ScriptedServer sockets, Random random, int cuts, int toPush)
{
    private const int Window = 32;

    private readonly Dictionary<string, StoredAs> _byClientId = [];
    private readonly HashSet<long> _acknowledged = [];
    private int _cutsLeft = cuts;

    /// <summary>What was stored, in order.</summary>
    public List<string> Stored { get; } = [];

    /// <summary>How many messages were pushed, each time counted.</summary>
    public int Pushes { get; private set; }

    /// <summary>Serves one connection after the other until the listener is gone.</summary>
    public Task RunAsync() => sockets.ServeAsync(async peer =>
    {
        try
        {
            await ServeAsync(peer, repliesLeft: random.Next(1, 40));
        }
        catch (Cut)
        {
            _cutsLeft--;
        }
    });

    /// <summary>How many messages are acknowledged.</summary>
    public int AcknowledgedCount => _acknowledged.Count;

    private async Task ServeAsync(ScriptedPeer peer, int repliesLeft)
    {
        var pushed = new Queue<long>();
        while (await peer.TryReceiveAsync() is { } request)
        {
            var isCut = _cutsLeft > 0 && repliesLeft-- == 0;
            if (isCut && random.Next(2) == 0) { throw new Cut(); } // asked, and not done
            var answer = Do(request, pushed);
            var messages = new List<ServerMessage>();
            if (answer is not null) { messages.Add(answer.AsAnswerTo(request)); }
            if (request is LogIn or Resume) { NextToPush = 0; }
            if (request is not Hello) { messages.AddRange(Push(pushed)); }
            var bytes = peer.Encode([.. messages]);
            if (isCut)
            {
                await peer.SendBytesAsync(bytes[..random.Next(bytes.Length)]);
                throw new Cut();
            }
            await peer.SendBytesAsync(bytes);
        }
    }

    private int NextToPush { get; set; }

    private Response? Do(Request request, Queue<long> pushed)
    {
        switch (request)
        {
            case Hello hello: return new Welcome("model/1", hello.Features, 1 << 20, Window, 1 << 18);
            case SendMessage { ClientId: { } clientId } send: return new MessageStored(Store(clientId, send.Content!));
            case Acknowledge acknowledge:
                _acknowledged.UnionWith(acknowledge.Ids.Where(pushed.Contains));
                return null;
            default: return AnsweringServer.Usually(request);
        }
    }

    private StoredAs Store(string clientId, string content)
    {
        if (_byClientId.TryGetValue(clientId, out var known)) { return known; }
        Stored.Add(content);
        return _byClientId[clientId] = new StoredAs(Stored.Count, DateTimeOffset.UnixEpoch);
    }

    // What is not acknowledged, oldest first, as far as the window goes; each once a connection.
    private IEnumerable<MessageArrived> Push(Queue<long> pushed)
    {
        while (NextToPush < toPush && pushed.Count(id => !_acknowledged.Contains(id)) < Window)
        {
            var id = ++NextToPush;
            if (_acknowledged.Contains(id)) { continue; }
            pushed.Enqueue(id);
            Pushes++;
            yield return Sessions.Message(id);
        }
    }

    private sealed class Cut : Exception;
}
