using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>Byte sequences in several segments, as a socket's pipe hands them out.</summary>
internal static class Sequences
{
    /// <summary>Two segments, parted before byte <paramref name="at"/>; either may be empty.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes, int at) => Join(bytes.AsMemory(0, at), bytes.AsMemory(at));

    /// <summary>One segment a byte.</summary>
    public static ReadOnlySequence<byte> SplitEverywhere(byte[] bytes) =>
        Join([.. Enumerable.Range(0, bytes.Length).Select(at => (ReadOnlyMemory<byte>)bytes.AsMemory(at, 1))]);

    /// <summary>In two segments at every place, and everywhere.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> SplitAnywhere(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length + 1).Select(at => Split(bytes, at)).Append(SplitEverywhere(bytes));

    private static ReadOnlySequence<byte> Join(params ReadOnlyMemory<byte>[] parts)
    {
        if (parts.Length == 0) { return default; }
        var first = new Segment(parts[0], null);
        var last = parts.Skip(1).Aggregate(first, (previous, part) => new Segment(part, previous));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) { return; }
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
