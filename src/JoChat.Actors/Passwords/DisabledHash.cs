namespace JoChat.Actors;

/// <summary>The hash of a password that is not good for now: a mark behind it, which no hash has.</summary>
internal static class DisabledHash
{
    private const char Mark = '!';

    /// <summary>Whether it has the mark.</summary>
    public static bool IsDisabled(string hash) => hash.EndsWith(Mark);

    /// <summary>The hash without the mark.</summary>
    public static string Enable(string hash) => hash.TrimEnd(Mark);

    /// <summary>The hash with the mark, or without it.</summary>
    public static string Of(string hash, bool isDisabled) => isDisabled ? Enable(hash) + Mark : Enable(hash);
}
