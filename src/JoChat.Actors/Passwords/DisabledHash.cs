namespace JoChat.Actors;

/// <summary>The hash of a password that is not good for now: a mark behind it, which no hash has.</summary>
/// <remarks>One that is good again has another mark, for each time: a session that knew it before is not to be taken for one of
/// now.</remarks>
internal static class DisabledHash
{
    private const char Disabled = '!', Enabled = '.';

    /// <summary>Whether it is marked as disabled.</summary>
    public static bool IsDisabled(string hash) => hash.EndsWith(Disabled);

    /// <summary>The hash that was made of the password.</summary>
    public static string WithoutMarks(string hash) => hash.TrimEnd(Disabled, Enabled);

    /// <summary>The hash, marked as disabled or as good again.</summary>
    public static string Mark(string hash, bool isDisabled) => (IsDisabled(hash), isDisabled) switch
    {
        (false, true) => hash + Disabled,
        (true, false) => hash[..^1] + Enabled,
        _ => hash,
    };
}
