namespace JoChat.Link;

/// <summary>The sizes and times of a link; the same at both ends.</summary>
public sealed record LinkOptions
{
    /// <summary>Most bytes of a frame, with its header of <see cref="FrameHeader.Size"/> bytes. Akka.Remote loses frames
    /// above 128,000 bytes without a word to either end.</summary>
    public int MaxFrame { get; init; } = 64 * 1024;

    /// <summary>Most bytes of a message. The longest is a list of messages in JSON, of which a byte may take six.</summary>
    public int MaxMessage { get; init; } = (8 * 1024 * 1024) - LinkEnd.PrefixSize;

    /// <summary>How many bytes may be on their way to an end or held by its owner. Two of the largest messages at least:
    /// up to half of it may be given back and not told yet.</summary>
    public int Window { get; init; } = 16 * 1024 * 1024;

    /// <summary>A frame goes at least so often; shorter than <see cref="MaxSilence"/>.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The link breaks when nothing was heard for so long.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromSeconds(5);

    internal int MaxContent => MaxFrame - FrameHeader.Size;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxContent, 1, nameof(MaxFrame));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessage, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 2L * (MaxMessage + LinkEnd.PrefixSize), nameof(Window));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(KeepAlive, TimeSpan.Zero, nameof(KeepAlive));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxSilence, KeepAlive, nameof(MaxSilence));
    }
}
