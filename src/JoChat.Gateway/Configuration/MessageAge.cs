using JoChat.Hocon;

namespace JoChat.Gateway;

/// <summary>An age at which messages may be deleted. A day at least: who mistakes the unit does not lose all of them.</summary>
internal static class MessageAge
{
    /// <summary>What is an age, for people.</summary>
    public const string Expected = "a time such as 90d, from 1d to 36500d";

    private static readonly TimeSpan Least = TimeSpan.FromDays(1), Most = TimeSpan.FromDays(36_500);

    /// <summary>Reads one; null if it is none.</summary>
    public static TimeSpan? Parse(string text) => Duration.TryParse(text, out var time) && IsOne(time.Value) ? time.Value : null;

    /// <summary>Whether it is one.</summary>
    public static bool IsOne(TimeSpan time) => time >= Least && time <= Most;
}
