using System.Buffers;
using System.Globalization;

namespace JoChat.Protocol.Tests;

/// <summary>Random inputs. They are the same in every run; JOCHAT_FUZZ_CASES asks for more of them.</summary>
internal static class Fuzz
{
    private const int DefaultCases = 20_000;

    public static int Cases { get; } = int.Parse(
        Environment.GetEnvironmentVariable("JOCHAT_FUZZ_CASES") ?? $"{DefaultCases}", CultureInfo.InvariantCulture);

    /// <summary>Runs the cases; a fault is told with its number and bytes.</summary>
    public static void Run(int seed, Func<Random, byte[]> make, Action<Random, byte[]> test)
    {
        var random = new Random(seed);
        for (var number = 0; number < Cases; number++)
        {
            var bytes = make(random);
            try
            {
                test(random, bytes);
            }
            catch (Exception fault)
            {
                Assert.Fail($"case {number}, {Convert.ToHexString(bytes)}: {fault}");
            }
        }
    }

    public static byte[] RandomBytes(Random random, int maxLength)
    {
        var bytes = new byte[random.Next(maxLength + 1)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Changes something in one to three places.</summary>
    public static byte[] Break(Random random, byte[] whole, byte[][] tokens)
    {
        var bytes = whole;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length + 1);
            var end = Math.Min(bytes.Length, at + random.Next(1, 20));
            bytes = random.Next(6) switch
            {
                0 when at < bytes.Length => Put(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8)))),
                1 when at < bytes.Length => Put(bytes, at, (byte)random.Next(256)),
                2 => [.. bytes[..at], .. bytes[end..]],
                3 => [.. bytes[..end], .. bytes[at..end], .. bytes[end..]],
                4 => [.. bytes[..at], .. tokens[random.Next(tokens.Length)], .. bytes[end..]],
                _ => [.. bytes[..at], .. tokens[random.Next(tokens.Length)], .. bytes[at..]],
            };
        }
        return bytes;
    }

    private static byte[] Put(byte[] bytes, int at, byte value) => [.. bytes[..at], value, .. bytes[(at + 1)..]];

    /// <summary>Decodes, and sees to it that no more is allocated than the input accounts for.</summary>
    public static T Frugally<T>(ReadOnlySequence<byte> input, Func<ReadOnlySequence<byte>, T> decode)
    {
        const int Fixed = 16 * 1024; // an exception of the parser takes some kilobytes
        const int PerByte = 16; // two bytes of "[[" may be two list elements

        var start = GC.GetAllocatedBytesForCurrentThread();
        var result = decode(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.True(allocated <= Fixed + (PerByte * input.Length), $"{allocated} bytes allocated for {input.Length}");
        return result;
    }
}
