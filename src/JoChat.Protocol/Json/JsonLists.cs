using System.Collections.Immutable;
using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>Takes whole arrays from a <see cref="JsonInput"/>.</summary>
internal static class JsonLists
{
    /// <summary>Takes an array of strings; what is something else is a fault. Null counts as empty.</summary>
    /// <param name="data">Stands on the array.</param>
    /// <param name="most">How many there may be. Of more, one more is taken, by which they are told: a string for each
    /// of many would take longer to make than the whole request to read.</param>
    public static ImmutableArray<string> TakeTexts(ref JsonInput data, int most)
    {
        const string Expected = "an array of strings";
        if (!TryEnter(ref data, Expected)) { return []; }
        var texts = ImmutableArray.CreateBuilder<string>();
        var isWhole = true;
        while (data.NextElement())
        {
            if (!isWhole || texts.Count > most) { continue; }
            isWhole = data.TryTakeText(out var text) && text is not null;
            if (isWhole) { texts.Add(text!); }
            else { data.AddFault(Expected, $"an array with {JsonInput.Describe(data.Kind)}"); }
        }
        return texts.DrainToImmutable();
    }

    /// <summary>Takes an array of integers of 64 bits; what is something else is a fault. Null counts as empty.
    /// </summary>
    public static ImmutableArray<long> TakeIntegers(ref JsonInput data)
    {
        const string Expected = "an array of integers of 64 bits";
        if (!TryEnter(ref data, Expected)) { return []; }
        var integers = ImmutableArray.CreateBuilder<long>();
        var isWhole = true;
        while (data.NextElement())
        {
            if (!isWhole) { continue; }
            isWhole = data.TryTakeInteger(out var number) && number is not null;
            if (isWhole) { integers.Add(number!.Value); }
            else { data.AddFault(Expected, $"an array with {DescribeElement(data.Kind)}"); }
        }
        return integers.DrainToImmutable();
    }

    public static void Write(ReadOnlySpan<byte> name, ImmutableArray<string> texts, JsonOutput data)
    {
        data.Name(name);
        data.BeginArray();
        foreach (var text in texts) { data.Value(text); }
        data.EndArray();
    }

    public static void Write(ReadOnlySpan<byte> name, ImmutableArray<long> integers, JsonOutput data)
    {
        data.Name(name);
        data.BeginArray();
        foreach (var integer in integers) { data.Value(integer); }
        data.EndArray();
    }

    private static bool TryEnter(ref JsonInput data, string expected)
    {
        data.MendFault();
        if (data.TryEnterArray()) { return true; }
        if (data.Kind is not JsonTokenType.Null) { data.AddFault(expected, JsonInput.Describe(data.Kind)); }
        return false;
    }

    private static string DescribeElement(JsonTokenType kind) =>
        kind is JsonTokenType.Number ? "another number" : JsonInput.Describe(kind);
}
