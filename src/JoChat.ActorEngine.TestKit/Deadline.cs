namespace JoChat.ActorEngine.TestKit;

/// <summary>A time that several waits share.</summary>
internal readonly struct Deadline(TimeProvider time, TimeSpan patience)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = patience - time.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public TimeSpan LeftAtMost(TimeSpan? bound) => bound is { } most && most < Left ? most : Left;
}
