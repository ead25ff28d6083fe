using System.Buffers.Binary;

namespace JoChat.Link;

/// <summary>One end of a link: two streams of messages, one each way, over a carrier that may lose, repeat and reorder
/// frames. What arrives of a stream is a prefix of what was put into it, each message whole and once; or the link breaks
/// and nothing more arrives.</summary>
/// <remarks>
/// <para>It is moved by its owner alone: it has no thread, no timer and no carrier. After each <see cref="Put"/>,
/// <see cref="Receive"/>, <see cref="Release"/> and <see cref="Tick"/> the owner sends what
/// <see cref="TryTakeFrame"/> gives, until it gives none. Not thread-safe. Times are since any moment, and never go
/// back.</para>
/// <para>A frame goes when none is on its way, when it is full, or when the other end waits for word of one of its own.
/// So a busy link gathers many messages in a frame, and an idle one delays none.</para>
/// </remarks>
public sealed class LinkEnd
{
    internal const int PrefixSize = sizeof(int); // a message is its length, then its bytes

    private readonly LinkName _name;
    private readonly LinkOptions _options;
    private readonly ByteQueue _unsent = new();
    private readonly ByteQueue _arrived = new();

    private long _sequence; // of the last frame that was taken
    private long _lastWithContent;
    private long _acknowledged; // the last of ours that has arrived
    private long _sentBytes, _mayBeSent;
    private TimeSpan _sentAt;

    private long _heard; // the last frame that has arrived
    private bool _isUnacknowledged;
    private long _heardBytes, _released, _told;
    private TimeSpan _heardAt;

    /// <summary>A new link's end.</summary>
    public LinkEnd(LinkName name, LinkOptions options, TimeSpan now)
    {
        options.Check();
        (_name, _options, _sentAt, _heardAt) = (name, options, now, now);
        _mayBeSent = _told = options.Window;
    }

    /// <summary>What becomes of a message that has arrived. It may put others. If it throws, the link breaks.</summary>
    public delegate void Handler(ReadOnlySpan<byte> message);

    /// <summary>Why it is broken.</summary>
    public LinkBreak Break { get; private set; }

    private bool IsBroken => Break != LinkBreak.None;

    private bool IsOneOnItsWay => _lastWithContent > _acknowledged;

    private long Limit => _released + _options.Window;

    /// <summary>Whether a message of so many bytes would go without waiting for the other end's owner.</summary>
    public bool HasCredit(int length) => _sentBytes + _unsent.Count + PrefixSize + length <= _mayBeSent;

    /// <summary>Puts a message into the stream, where it waits for credit. What can wait elsewhere, or need not be sent,
    /// is not put without (<see cref="HasCredit"/>): when twice the window waits, the link breaks. If it is broken, the
    /// message is dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too long.</exception>
    public void Put(ReadOnlySpan<byte> message)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, _options.MaxMessage, nameof(message));
        if (_unsent.Count + PrefixSize + message.Length > 2L * _options.Window) { End(LinkBreak.Overfull); }
        if (IsBroken) { return; }
        var place = _unsent.Add(PrefixSize + message.Length);
        BinaryPrimitives.WriteInt32BigEndian(place, message.Length);
        message.CopyTo(place[PrefixSize..]);
    }

    /// <summary>Gives the next frame to send, if one is due.</summary>
    public bool TryTakeFrame(TimeSpan now, out byte[] frame)
    {
        frame = [];
        if (IsBroken) { return false; }
        var length = (int)Math.Min(Math.Min(_unsent.Count, _options.MaxContent), _mayBeSent - _sentBytes);
        if (!IsDue(length, now)) { return false; }
        frame = new byte[FrameHeader.Size + length];
        new FrameHeader(_name, ++_sequence, _heard, Limit).Write(frame);
        _unsent.Bytes[..length].CopyTo(frame.AsSpan(FrameHeader.Size));
        _unsent.Remove(length);
        if (length > 0) { _lastWithContent = _sequence; }
        _sentBytes += length;
        (_sentAt, _told, _isUnacknowledged) = (now, Limit, false);
        return true;
    }

    /// <summary>Takes a frame that has arrived. A frame of another link is passed over.</summary>
    public void Receive(ReadOnlySpan<byte> frame, TimeSpan now, Handler handle)
    {
        if (IsBroken) { return; }
        if (!FrameHeader.TryRead(frame, out var header))
        {
            End(LinkBreak.Malformed);
            return;
        }
        if (header.Name != _name) { return; }
        if (header.Sequence != _heard + 1)
        {
            End(LinkBreak.Gap);
            return;
        }
        var content = frame[FrameHeader.Size..];
        var isSound = header.Acknowledged >= _acknowledged && header.Acknowledged <= _sequence
            && header.Limit >= _mayBeSent && _heardBytes + content.Length <= Limit;
        if (!isSound)
        {
            End(LinkBreak.Malformed);
            return;
        }
        (_heard, _heardAt, _acknowledged, _mayBeSent) = (header.Sequence, now, header.Acknowledged, header.Limit);
        _isUnacknowledged |= content.Length > 0;
        _heardBytes += content.Length;
        content.CopyTo(_arrived.Add(content.Length));
        HandleWhole(handle);
    }

    /// <summary>Lets the other end send so many bytes more: the lengths of messages that were handled are given back as
    /// soon as they no longer take memory.</summary>
    public void Release(int bytes) => _released += bytes;

    /// <summary>Breaks the link if nothing was heard for too long. To be called some times a second.</summary>
    public void Tick(TimeSpan now)
    {
        if (now - _heardAt >= _options.MaxSilence) { End(LinkBreak.Silence); }
    }

    /// <summary>Breaks the link, if it is whole.</summary>
    public void End(LinkBreak reason = LinkBreak.Ended)
    {
        if (!IsBroken) { Break = reason; }
    }

    private bool IsDue(int length, TimeSpan now) =>
        _isUnacknowledged
        || (length > 0 && (!IsOneOnItsWay || length == _options.MaxContent))
        || Limit - _told >= _options.Window / 2
        || now - _sentAt >= _options.KeepAlive;

    private void HandleWhole(Handler handle)
    {
        while (!IsBroken && _arrived.Count >= PrefixSize)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_arrived.Bytes);
            if (length < 0 || length > _options.MaxMessage)
            {
                End(LinkBreak.Malformed);
                return;
            }
            if (_arrived.Count < PrefixSize + length) { return; }
            Hand(_arrived.Bytes.Slice(PrefixSize, length), handle);
            _arrived.Remove(PrefixSize + length);
            _released += PrefixSize;
        }
    }

    // Or the message would be handed on again with the next frame.
    private void Hand(ReadOnlySpan<byte> message, Handler handle)
    {
        try
        {
            handle(message);
        }
        catch
        {
            End();
            throw;
        }
    }
}
