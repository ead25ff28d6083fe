namespace JoChat.Protocol;

/// <summary>Points in time as they stand on the wire: milliseconds since 1970-01-01 UTC.</summary>
internal static class WireTime
{
    // The years 1 to 9999, which DateTimeOffset knows.
    private static readonly long Min = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Max = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time; null if there is none or it is out of range.</summary>
    public static DateTimeOffset? Of(long? milliseconds) =>
        milliseconds is { } value && value >= Min && value <= Max
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;
}
