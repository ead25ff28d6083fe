using System.Globalization;

namespace JoChat.Load.Torture;

/// <summary>Which calls of a store fail: every n-th of a kind; 0: none.</summary>
/// <param name="Begin">Beginning a batch.</param>
/// <param name="Add">Adding a message.</param>
/// <param name="Write">Any other write.</param>
/// <param name="Commit">The sync of a batch, before it is done.</param>
/// <param name="Read">Any read.</param>
internal sealed record FailingCalls(int Begin, int Add, int Write, int Commit, int Read)
{
    private const char Separator = ',';

    public static FailingCalls None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Two kinds at random, which may be the same.</summary>
    public static FailingCalls Next(Random random)
    {
        var every = new int[5];
        for (var i = 0; i < 2; i++) { every[random.Next(every.Length)] = random.Next(3, 60); }
        return new FailingCalls(every[0], every[1], every[2], every[3], every[4]);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static FailingCalls Parse(string text)
    {
        int[] every =
            [.. text.Split(Separator).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return new FailingCalls(every[0], every[1], every[2], every[3], every[4]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin}{Separator}{Add}{Separator}{Write}{Separator}{Commit}{Separator}{Read}");
}
