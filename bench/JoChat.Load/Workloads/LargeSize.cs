namespace JoChat.Load;

/// <summary>How much is in a database.</summary>
internal readonly record struct LargeSize(int Messages, int Accounts)
{
    public const int Least = 200, Most = 20_000_000;

    /// <summary>What the large one is compared with.</summary>
    public static LargeSize Small => new(5_000, 200);
}
