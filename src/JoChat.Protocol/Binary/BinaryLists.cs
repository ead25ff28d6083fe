using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>Lists in binary bodies: a count, then the elements.</summary>
internal static class BinaryLists
{
    /// <summary>Takes one element.</summary>
    public delegate T Element<out T>(ref BinaryInput input);

    /// <summary>Takes the elements behind a count. Nothing is allocated for a count that the rest of the body cannot
    /// hold.</summary>
    /// <param name="input">The body, behind the count.</param>
    /// <param name="count">How many elements follow.</param>
    /// <param name="minBytes">What the shortest of them takes.</param>
    /// <param name="take">Takes one.</param>
    public static ImmutableArray<T> Take<T>(ref BinaryInput input, int count, int minBytes, Element<T> take)
    {
        if (!input.CanHold(count, minBytes)) { return []; }
        var elements = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count && !input.IsShort; i++) { elements.Add(take(ref input)); }
        return input.IsShort ? [] : elements.MoveToImmutable();
    }

    /// <summary>Takes a list of integers of 64 bits.</summary>
    public static ImmutableArray<long> TakeIntegers(ref BinaryInput input) =>
        Take(ref input, input.TakeUInt16(), sizeof(ulong), static (ref rest) => rest.TakeUInt64());

    /// <summary>Takes a list of texts; of more than there may be, one more, as <see cref="JsonLists.TakeTexts"/> does.
    /// </summary>
    public static ImmutableArray<string> TakeTexts(ref BinaryInput input, int most)
    {
        int count = input.TakeUInt16();
        var texts = Take(
            ref input, Math.Min(count, most + 1), sizeof(ushort), static (ref rest) => rest.TakeText16());
        for (var i = texts.Length; i < count && !input.IsShort; i++) { input.SkipText16(); }
        return texts;
    }

    public static void Write(ImmutableArray<long> integers, BinaryOutput output)
    {
        output.UInt16(integers.Length);
        foreach (var integer in integers.AsSpan()[..Math.Min(integers.Length, ushort.MaxValue)])
        {
            output.UInt64(integer);
        }
    }

    public static void Write(ImmutableArray<string> texts, BinaryOutput output)
    {
        output.UInt16(texts.Length);
        foreach (var text in texts.AsSpan()[..Math.Min(texts.Length, ushort.MaxValue)]) { output.Text16(text); }
    }
}
