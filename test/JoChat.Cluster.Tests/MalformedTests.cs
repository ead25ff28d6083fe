using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>Bytes that are no link message are refused in one way, whatever they are, and take no more memory than they
/// account for.</summary>
public sealed class MalformedTests
{
    private static readonly int Mutations = int.Parse( // of each type
        Environment.GetEnvironmentVariable("JOCHAT_FUZZ_CASES") ?? "3000", CultureInfo.InvariantCulture);

    // What clients make of a body is looser.
    private static readonly string[] WithAnyBody = [nameof(Answered), nameof(AnsweredFor), nameof(DeliverEvent)];

    // The first message of all makes the clients' tables, which no input accounts for.
    public MalformedTests() => Read(LinkMessages.Encode(new Answered(1, new UnreadCounted(1))));

    public static TheoryData<string> Types => LinkMessages.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_that_is_cut_anywhere_is_refused(string type)
    {
        foreach (var whole in Samples(type))
        {
            for (var length = 0; length < whole.Length; length++) { AssertRefused(whole[..length]); }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Bytes_that_are_left_over_are_refused(string type)
    {
        foreach (var whole in Samples(type)) { AssertRefused([.. whole, 0]); }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_was_changed_is_refused_or_is_exactly_another_message(string type)
    {
        var random = new Random(5);
        var samples = Samples(type);
        for (var number = 0; number < Mutations; number++)
        {
            var bytes = Mutate(random, samples[random.Next(samples.Length)]);
            try
            {
                var (session, content) = Frugally(bytes);
                if (WithAnyBody.Contains(content.GetType().Name)) { continue; }
                Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(LinkMessages.Encode(content, session)));
            }
            catch (Exception fault) when (fault is not LinkMessageException)
            {
                Assert.Fail($"case {number}, {Convert.ToHexString(bytes)}: {fault}");
            }
            catch (LinkMessageException)
            {
            }
        }
    }

    [Theory]
    [InlineData("", "the message ends within a field")]
    [InlineData("02 09 07 01 03 03 424F42", "version 2 is not known")]
    [InlineData("00 09 07 01 03 03 424F42", "version 0 is not known")]
    [InlineData("01 00 07 01 03 03 424F42", "kind 0 is not known")]
    [InlineData("01 81 07 01 00 0000", "kind 129 is not known")] // it goes the other way
    [InlineData("01 09 07 8100 03 03 424F42", "a number is longer than it need be")]
    [InlineData("01 09 07 FFFFFFFFFFFFFFFFFF02 03 03 424F42", "a number is longer than it need be")]
    [InlineData("01 09 07 FFFFFFFFFFFFFFFFFF8101 03 03 424F42", "a number is longer than it need be")]
    [InlineData("01 09 07 01 03 04 424F42", "the message ends within a field")]
    [InlineData("01 09 07 01 03 FFFFFFFFFFFFFFFFFF01 424F42", "the message ends within a field")]
    [InlineData("01 09 07 01 03 FFFFFFFFFFFFFFFF7F 424F42", "the message ends within a field")]
    [InlineData("01 09 07 01 03 03 42C342", "a text is not valid UTF-8")]
    [InlineData("01 09 07 01 03 03 EDA080", "a text is not valid UTF-8")]
    [InlineData("01 09 07 01 03 03 424F42 00", "1 bytes are left over")]
    [InlineData("01 08 07 01 03 FFFFFFFF7F 01", "a list is not whole")]
    [InlineData("01 06 07 01 03 00 02", "a flag is 2")]
    [InlineData("01 03 07 03 00 8080808008 01", "2147483648 is out of range")]
    [InlineData("01 1A 07 03 8001", "128 are no features")]
    [InlineData("01 10 07 01 01 20 00", "a name is no username")]
    [InlineData("01 11 07 01 00 00 8080808010", "4294967296 is out of range")]
    public void A_command_is_refused_for(string bytes, string fault) =>
        AssertFault(LinkEncoding.Commands, bytes, fault);

    [Theory]
    [InlineData("01 8A 07 05", "5 is no SessionCloseReason")]
    [InlineData("01 83 07 02 22 02 0000 00", "encoding 2 is not known")]
    [InlineData("01 83 07 00 22 02 0000", "a body is no ServerEvent")] // cut
    [InlineData("01 83 07 00 22 02 0000 00 00", "a body is no ServerEvent")] // left over
    [InlineData("01 83 07 00 17 01 01", "a body is no ServerEvent")] // a response
    [InlineData("01 82 07 03 00 22 02 0000 00", "a body is no MessageArrived")]
    [InlineData("01 81 07 01 01 7B7D", "a body is no Response")]
    [InlineData("01 85 07 00 01 01 01 00 00 FFFFFFFFFFFFFFFF7F 00", "9223372036854775807 is no time")]
    public void A_reply_is_refused_for(string bytes, string fault) =>
        AssertFault(LinkEncoding.Replies, bytes, fault);

    [Fact]
    public void What_those_commands_are_made_of_is_read() => Assert.Equal(
        new LinkMessage(7, new DeleteAllFrom(1, new(3), "BOB")),
        LinkEncoding.Commands.Read(Bytes("01 09 07 01 03 03 424F42")));

    private static void AssertFault(LinkEncoding encoding, string hex, string fault)
    {
        var exception = Assert.Throws<LinkMessageException>(() => encoding.Read(Bytes(hex)));

        Assert.EndsWith($", {fault}.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static void AssertRefused(byte[] bytes) => Assert.Throws<LinkMessageException>(() => Read(bytes));

    private static LinkMessage Read(byte[] bytes) =>
        (bytes.Length > 1 && bytes[1] > 0x80 ? LinkEncoding.Replies : LinkEncoding.Commands).Read(bytes);

    private static LinkMessage Frugally(byte[] bytes)
    {
        const int Fixed = 16 * 1024; // an exception of the parser takes some kilobytes
        const int PerByte = 16;

        var start = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return Read(bytes);
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - start;
            var most = Fixed + (PerByte * bytes.Length);
            Assert.True(allocated <= most, $"{allocated} bytes allocated for {bytes.Length}");
        }
    }

    // Short ones, or every length of them would take long.
    private static byte[][] Samples(string type)
    {
        var arbitrary = new Arbitrary(new Random(4));
        return
        [
            .. Enumerable.Range(0, 200).Select(_ => LinkMessages.Encode(arbitrary.Of(LinkMessages.Form(type).Type)))
                .Where(sample => sample.Length < 300).Take(10),
        ];
    }

    // Behind the kind, mostly: most changes there are refused at once.
    private static byte[] Mutate(Random random, byte[] whole)
    {
        byte[][] tokens =
            [[0], [1], [0x7F], [0x80], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xC3], [0xED, 0xA0, 0x80]];
        var bytes = whole;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = Math.Min(bytes.Length, random.Next(10) == 0 ? random.Next(3) : random.Next(2, bytes.Length + 3));
            var end = Math.Min(bytes.Length, at + random.Next(1, 20));
            var token = random.Next(3) == 0 ? [(byte)random.Next(256)] : tokens[random.Next(tokens.Length)];
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..at], .. token, .. bytes[Math.Min(bytes.Length, at + token.Length)..]],
                1 => [.. bytes[..at], .. bytes[end..]],
                2 => [.. bytes[..end], .. bytes[at..end], .. bytes[end..]],
                _ => [.. bytes[..at], .. token, .. bytes[at..]],
            };
        }
        return bytes;
    }
}
