using System.Buffers;
using System.Buffers.Binary;

namespace JoChat.Protocol.Tests;

public sealed class FrameReaderTests
{
    private const int Limit = 5;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public void A_frame_up_to_the_limit_is_taken_and_the_rest_is_left(int length)
    {
        var body = Enumerable.Range(1, length).Select(number => (byte)number).ToArray();
        var buffer = new ReadOnlySequence<byte>([.. Frame(body), 0xAA, 0xBB]);

        var status = FrameReader.Read(ref buffer, Limit, out var taken);

        Assert.Equal(FrameStatus.Complete, status);
        Assert.Equal(body, taken.ToArray());
        Assert.Equal([0xAA, 0xBB], buffer.ToArray());
    }

    [Theory]
    [InlineData(Limit + 1u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)] // -1 if it were signed
    public void A_length_over_the_limit_is_refused_before_any_of_the_body_has_come(uint length)
    {
        var buffer = new ReadOnlySequence<byte>(Header(length));

        var status = FrameReader.Read(ref buffer, Limit, out var body);

        Assert.Equal(FrameStatus.TooLong, status);
        Assert.True(body.IsEmpty);
        Assert.Equal(FrameReader.HeaderSize, buffer.Length);
    }

    [Fact]
    public void A_limit_of_zero_lets_only_the_empty_frame_through()
    {
        var empty = new ReadOnlySequence<byte>(Frame([]));
        var one = new ReadOnlySequence<byte>(Frame([1]));

        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref empty, 0, out _));
        Assert.Equal(FrameStatus.TooLong, FrameReader.Read(ref one, 0, out _));
    }

    [Fact]
    public void Every_truncation_waits_for_more_and_takes_nothing()
    {
        var frame = Frame([1, 2, 3, 4, 5]);
        for (var length = 0; length < frame.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(frame, 0, length);

            var status = FrameReader.Read(ref buffer, Limit, out var body);

            Assert.Equal(FrameStatus.Incomplete, status);
            Assert.True(body.IsEmpty);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void Frames_are_read_across_every_seam()
    {
        byte[] stream = [.. Frame([1, 2, 3, 4, 5]), .. Frame([]), .. Frame([6])];

        Assert.All(
            Sequences.SplitAnywhere(stream), split => Assert.Equal([[1, 2, 3, 4, 5], [], [6]], ReadAll(split)));
    }

    [Fact]
    public void A_length_over_the_limit_is_refused_across_every_seam() => Assert.All(
        Sequences.SplitAnywhere(Header(0xFFFFFFFF)),
        split => Assert.Equal(FrameStatus.TooLong, FrameReader.Read(ref split, int.MaxValue, out _)));

    private static List<byte[]> ReadAll(ReadOnlySequence<byte> buffer)
    {
        List<byte[]> bodies = [];
        while (FrameReader.Read(ref buffer, Limit, out var body) is FrameStatus.Complete)
        {
            bodies.Add(body.ToArray());
        }
        Assert.True(buffer.IsEmpty);
        return bodies;
    }

    private static byte[] Frame(byte[] body) => [.. Header((uint)body.Length), .. body];

    private static byte[] Header(uint length)
    {
        var header = new byte[FrameReader.HeaderSize];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }
}
