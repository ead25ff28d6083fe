using System.Buffers.Binary;
using JoChat.Link;

namespace JoChat.Cluster.Tests;

/// <summary>Stands between the two ends of a link, and hands on what they tell each other, or does not.</summary>
internal sealed class Carrier(ICanTell links, TaskCompletionSource linked) : UntypedActor
{
    private ICanTell _links = links;
    private readonly Queue<object> _held = new();
    private readonly Dictionary<LinkName, IActorRef> _writers = []; // a gateway that greets twice has two links for a moment
    private IActorRef _gateway = ActorRefs.Nobody;
    private bool _isCut, _holdsReplies;
    private int _toLose;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Cut: _isCut = true; break;
            case Mend: _isCut = false; break;
            case Follow follow: _links = follow.Links; break;
            case HoldReplies: _holdsReplies = true; break;
            case Lose lose: _toLose = lose.Count; break;
            case LetReplies let: LetGo(let.NoteBytes); break;
            default: Carry(message); break;
        }
    }

    private void Carry(object message)
    {
        if (message is LinkWire.Hello) { _gateway = Sender; }
        if (message is LinkWire.Welcome welcome) { _writers[welcome.Name] = Sender; }
        if (_isCut || (message is LinkWire.Frame && _toLose-- > 0)) { return; }
        if (message is LinkWire.Hello) { _links.Tell(message, Self); }
        else if (Sender.Equals(_gateway)) { _writers[NameOf(message)].Tell(message, Self); }
        else if (_holdsReplies) { _held.Enqueue(message); }
        else { _gateway.Tell(message, Self); }
        if (message is LinkWire.Welcome) { linked.TrySetResult(); }
    }

    private static LinkName NameOf(object message) => message switch
    {
        LinkWire.Farewell farewell => farewell.Name,
        LinkWire.Frame { Bytes: var frame } => new LinkName(
            BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(9))),
        _ => throw new ArgumentException($"A gateway says no {message}.", nameof(message)),
    };

    private void LetGo(Action<long> noteBytes)
    {
        noteBytes(_held.OfType<LinkWire.Frame>().Sum(frame => (long)frame.Bytes.Length));
        _holdsReplies = false;
        while (_held.TryDequeue(out var held)) { _gateway.Tell(held, Self); }
    }

    /// <summary>Nothing passes any more.</summary>
    internal sealed record Cut;

    /// <summary>All passes again.</summary>
    internal sealed record Mend;

    /// <summary>Greet another writer from now on.</summary>
    internal sealed record Follow(ICanTell Links);

    /// <summary>So many frames are lost.</summary>
    internal sealed record Lose(int Count);

    /// <summary>What the writer's end says waits.</summary>
    internal sealed record HoldReplies;

    /// <summary>It waits no longer; how much has waited is noted.</summary>
    internal sealed record LetReplies(Action<long> NoteBytes);
}
