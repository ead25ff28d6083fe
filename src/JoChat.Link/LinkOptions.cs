namespace JoChat.Link;

/// <summary>The sizes and times of a link; the same at both ends.</summary>
public sealed record LinkOptions
{
    /// <summary>Most bytes of a frame, its header included; above that of <see cref="FrameHeader.Size"/>. Akka.Remote
    /// loses frames above 128,000 bytes without a word to either end.</summary>
    public int MaxFrame { get; init; } = 64 * 1024;

    /// <summary>Most bytes of a message.</summary>
    public int MaxMessage { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many bytes may be on their way to an end or held by its owner; more than the largest message, which
    /// could never be whole otherwise.</summary>
    public int Window { get; init; } = 8 * 1024 * 1024;

    /// <summary>A frame goes at least so often.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The link breaks when nothing was heard for so long.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromSeconds(5);

    internal int MaxContent => MaxFrame - FrameHeader.Size;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxContent, 1, nameof(MaxFrame));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessage, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, MaxMessage + LinkEnd.PrefixSize, nameof(Window));
    }
}
