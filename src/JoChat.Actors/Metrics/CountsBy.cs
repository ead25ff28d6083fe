using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace JoChat.Actors;

/// <summary>Counts by the values of an enumeration: a series for each, from 0 on. Any thread.</summary>
/// <typeparam name="TKind">An enumeration over <see cref="int"/>, whose values are 0, 1, 2 and so on.</typeparam>
/// <param name="label">The label that names the value, in snake case.</param>
public sealed class CountsBy<TKind>(string label) where TKind : struct, Enum
{
    private readonly KeyValuePair<string, object?>[] _tags =
    [
        .. Enum.GetNames<TKind>().Select(name => KeyValuePair.Create(
            label, (object?)JsonNamingPolicy.SnakeCaseLower.ConvertName(name))),
    ];

    private readonly long[] _counts = new long[Enum.GetValues<TKind>().Length];

    /// <summary>Adds to the count of a value.</summary>
    /// <param name="kind">The value.</param>
    /// <param name="count">How much; may be below 0.</param>
    public void Add(TKind kind, long count = 1) =>
        Interlocked.Add(ref _counts[Unsafe.BitCast<TKind, int>(kind)], count);

    /// <summary>All counts as they are now.</summary>
    public IEnumerable<Measurement<long>> Measure() =>
        _counts.Select((_, kind) => new Measurement<long>(Volatile.Read(ref _counts[kind]), _tags[kind]));
}
