namespace JoChat.Protocol;

/// <summary>Integers that must fit where they go: capped, never wrapped.</summary>
internal static class Integers
{
    /// <summary>The nearest integer of 32 bits.</summary>
    public static int Cap(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);
}
