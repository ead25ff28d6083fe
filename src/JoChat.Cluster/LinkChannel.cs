using System.Buffers;
using Akka.Actor;
using Akka.Remote;
using JoChat.Link;

namespace JoChat.Cluster;

/// <summary>A <see cref="LinkEnd"/> for an actor: it takes and gives messages instead of bytes, and keeps those that wait for
/// credit. After each message that it handles, the actor calls <see cref="SendFrames"/> and looks at <see cref="Break"/>.
/// </summary>
internal sealed class LinkChannel
{
    /// <summary>How often the actor is to call <see cref="Tick"/>.</summary>
    public static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private const int MaxKept = 64 * 1024; // of memory for the next message

    private readonly LinkEnd _end;
    private readonly LinkEncoding _sends, _receives;
    private readonly IScheduler _clock;
    private readonly IActorRef _self;
    private readonly LinkEnd.Handler _handle;
    private readonly Queue<LinkMessage> _waiting = new();
    private ArrayBufferWriter<byte> _encoded = new();
    private string? _fault;

    /// <summary>A new link's end.</summary>
    /// <param name="name">The link.</param>
    /// <param name="other">The other end's actor.</param>
    /// <param name="context">This end's.</param>
    /// <param name="options">The same at both ends.</param>
    /// <param name="sends">How what goes out is encoded.</param>
    /// <param name="receives">How what comes in is.</param>
    /// <param name="handle">What becomes of a message that has come. It may send others.</param>
    public LinkChannel(
        LinkName name, IActorRef other, IActorContext context, LinkOptions options, LinkEncoding sends,
        LinkEncoding receives, Handler handle)
    {
        (Name, Other, _self, _clock) = (name, other, context.Self, context.System.Scheduler);
        (_sends, _receives) = (sends, receives);
        _end = new LinkEnd(name, options, _clock.MonotonicClock);
        _handle = bytes => handle(_receives.Read(bytes), bytes.Length);
    }

    /// <summary>What becomes of a message that has come. Its length in bytes must be given to <see cref="Release"/> once.
    /// </summary>
    public delegate void Handler(LinkMessage message, int length);

    public LinkName Name { get; }

    /// <summary>The other end's actor.</summary>
    public IActorRef Other { get; }

    /// <summary>Why it is broken; null if it is not.</summary>
    public string? Break => _end.Break is LinkBreak.None ? null : _fault ?? _end.Break.ToString();

    /// <summary>Whether a message would not wait.</summary>
    public bool HasCredit => _waiting.Count == 0 && _end.HasCredit(0);

    /// <summary>Sends a message, when there is credit.</summary>
    public void Send(LinkMessage message)
    {
        if (HasCredit) { Put(message); }
        else { _waiting.Enqueue(message); }
    }

    /// <inheritdoc cref="LinkEnd.Release"/>
    public void Release(int bytes) => _end.Release(bytes);

    /// <summary>Takes a frame that has come.</summary>
    public void Receive(Frame frame)
    {
        try
        {
            _end.Receive(frame.Bytes, _clock.MonotonicClock, _handle);
        }
        catch (LinkMessageException fault)
        {
            _fault = fault.Message; // the link is broken by it
        }
        while (_waiting.Count > 0 && _end.HasCredit(0)) { Put(_waiting.Dequeue()); }
    }

    /// <summary>The other end is broken, if it is that of this link.</summary>
    public void Receive(Farewell farewell)
    {
        if (farewell.Name == Name) { _end.End(); }
    }

    /// <summary>One of the two connections to another node is lost, and with it what was on its way there.</summary>
    public void Receive(DisassociatedEvent lost)
    {
        if (lost.RemoteAddress == Other.Path.Address) { _end.End(); }
    }

    /// <inheritdoc cref="LinkEnd.Tick"/>
    public void Tick() => _end.Tick(_clock.MonotonicClock);

    /// <summary>Sends the frames that are due.</summary>
    public void SendFrames()
    {
        while (_end.TryTakeFrame(_clock.MonotonicClock, out var frame)) { Other.Tell(new Frame(frame), _self); }
    }

    /// <summary>Says that this end is broken, or its actor stops.</summary>
    public void SayFarewell() => Other.Tell(new Farewell(Name), _self);

    // Who has any credit may go beyond it by one message, which the end keeps: so none is encoded twice.
    private void Put(LinkMessage message)
    {
        _sends.Write(message, _encoded);
        _end.Put(_encoded.WrittenSpan);
        if (_encoded.Capacity <= MaxKept) { _encoded.ResetWrittenCount(); }
        else { _encoded = new ArrayBufferWriter<byte>(); }
    }
}
