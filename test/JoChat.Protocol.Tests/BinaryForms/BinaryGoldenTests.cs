using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>What the golden tables promise of the framed binary encoding alone.</summary>
public sealed class BinaryGoldenTests
{
    private static readonly Golden<Request>[] Requests =
        [.. GoldenRequests.All.Values.Where(golden => golden.Binary is not null)];

    private static readonly Golden<ServerMessage>[] Messages =
        [.. GoldenMessages.All.Values.Where(golden => golden.Binary is not null)];

    [Fact]
    public void A_request_with_a_byte_too_many_is_unreadable() => Assert.All(Requests, golden =>
    {
        var request = Binary.DecodeRequest([.. golden.Binary!, 0]);

        var text = $"The body goes on behind its fields, at byte {golden.Binary!.Length}.";
        Assert.Equal(text, Assert.IsType<UnreadableRequest>(request).Text);
    });

    [Fact]
    public void A_message_may_go_on_in_a_newer_version() => Assert.All(Messages, golden =>
        Assert.Equivalent(golden.Message, Binary.DecodeMessage([.. golden.Binary!, 1, 2, 3]), strict: true));

    [Fact]
    public void Every_operation_and_every_event_has_golden_bytes()
    {
        var ops = Requests.Select(golden => golden.Binary!)
            .Concat(Messages.Where(golden => golden.Message is not Refused).Select(golden => golden.Binary!))
            .Select(body => (body[0], Kind: body[1])).ToHashSet();

        foreach (var op in Enumerable.Range(0, 256).Select(number => (byte)number))
        {
            var isOperation = Codecs.FindOperation(op) is not null;
            Assert.Equal(isOperation, ops.Contains((op, 0)));
            Assert.Equal(isOperation && op != (byte)Operation.Acknowledge, ops.Contains((op, 1)));
            Assert.Equal(Codecs.FindEvent(op) is not null, ops.Contains((op, 2)));
        }
    }

    [Fact]
    public void Encoding_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var message = new MessageArrived(1, "ada", "bob", "Hi!", DateTimeOffset.UnixEpoch, false);
        BinaryCodec.WriteMessage(message, output);
        BinaryCodec.WriteMessage(new MessageStored(), output);

        var stored = new MessageStored();
        var start = GC.GetAllocatedBytesForCurrentThread();
        BinaryCodec.WriteMessage(message, output);
        BinaryCodec.WriteMessage(stored, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - start);
    }
}
