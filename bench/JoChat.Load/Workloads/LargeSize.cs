namespace JoChat.Load;

/// <summary>How many rows a database has.</summary>
internal readonly record struct LargeSize(int Messages, int Accounts)
{
    public const int Most = 20_000_000; // of either

    /// <summary>What the large one is compared with, and the least that it may be.</summary>
    public static LargeSize Small => new(5_000, 200);
}
