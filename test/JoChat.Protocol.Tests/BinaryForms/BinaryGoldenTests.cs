using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>What the golden tables promise of the framed binary encoding.</summary>
public sealed class BinaryGoldenTests
{
    public static TheoryData<string> Requests => GoldenRequests.NamesInBinary;

    public static TheoryData<string> Messages => GoldenMessages.NamesInBinary;

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_encoded_to_its_bytes(string name)
    {
        var (_, body, message) = GoldenRequests.All[name];

        Assert.Equal(body, Binary.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_from_its_bytes(string name)
    {
        var (_, body, message) = GoldenRequests.All[name];

        var decoded = Binary.DecodeRequest(body!);

        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(body, Binary.Encode(decoded)); // Equivalent does not see the order in a list
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_encoded_to_its_bytes(string name)
    {
        var (_, body, message) = GoldenMessages.All[name];

        Assert.Equal(body, Binary.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_body_is_its_bytes_without_a_length(string name)
    {
        var (_, body, message) = GoldenMessages.All[name];
        var output = new ArrayBufferWriter<byte>();

        BinaryCodec.WriteMessageBody(message, output);

        Assert.Equal(body, output.WrittenSpan);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_from_its_bytes(string name)
    {
        var (_, body, message) = GoldenMessages.All[name];

        var decoded = Binary.DecodeMessage(body!);

        Assert.NotNull(decoded);
        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(body, Binary.Encode(decoded));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_truncation_of_a_request_is_unreadable(string name)
    {
        var body = GoldenRequests.All[name].Binary!;
        for (var length = 0; length < body.Length; length++)
        {
            var request = BinaryCodec.DecodeRequest(new ReadOnlySequence<byte>(body, 0, length));

            Assert.Equal(ErrorCode.MalformedRequest, Assert.IsType<UnreadableRequest>(request).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_with_a_byte_too_many_is_unreadable(string name)
    {
        var body = GoldenRequests.All[name].Binary!;

        var request = Binary.DecodeRequest([.. body, 0]);

        var text = $"The body goes on behind its fields, at byte {body.Length}.";
        Assert.Equal(text, Assert.IsType<UnreadableRequest>(request).Text);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_truncation_of_a_message_is_none(string name)
    {
        var body = GoldenMessages.All[name].Binary!;
        for (var length = 0; length < body.Length; length++)
        {
            Assert.Null(BinaryCodec.DecodeMessage(new ReadOnlySequence<byte>(body, 0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_may_go_on_in_a_newer_version(string name)
    {
        var (_, body, message) = GoldenMessages.All[name];

        var decoded = Binary.DecodeMessage([.. body!, 1, 2, 3]);

        Assert.Equivalent(message, decoded, strict: true);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_across_every_seam(string name)
    {
        var body = GoldenRequests.All[name].Binary!;
        for (var at = 0; at <= body.Length; at++)
        {
            Assert.Equal(body, Binary.Encode(BinaryCodec.DecodeRequest(Sequences.Split(body, at))));
        }
        Assert.Equal(body, Binary.Encode(BinaryCodec.DecodeRequest(Sequences.SplitEverywhere(body))));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_across_every_seam(string name)
    {
        var body = GoldenMessages.All[name].Binary!;
        for (var at = 0; at <= body.Length; at++)
        {
            Assert.Equal(body, Binary.Encode(BinaryCodec.DecodeMessage(Sequences.Split(body, at))!));
        }
    }

    [Fact]
    public void Every_operation_and_every_event_has_golden_bytes()
    {
        var requests = GoldenRequests.All.Values.Where(golden => golden.Binary is not null);
        var messages = GoldenMessages.All.Values.Where(golden => golden.Binary is not null);
        var ops = requests.Select(golden => (golden.Binary![0], Kind: golden.Binary[1]))
            .Concat(messages.Where(golden => golden.Message is not Refused)
                .Select(golden => (golden.Binary![0], Kind: golden.Binary[1])))
            .ToHashSet();

        foreach (var op in Enumerable.Range(0, 256).Select(number => (byte)number))
        {
            var isOperation = Codecs.FindOperation(op) is not null;
            Assert.Equal(isOperation, ops.Contains((op, 0)));
            Assert.Equal(isOperation && op != (byte)Operation.Acknowledge, ops.Contains((op, 1)));
            Assert.Equal(Codecs.FindEvent(op) is not null, ops.Contains((op, 2)));
        }
    }

    [Fact]
    public void Decoding_a_text_message_allocates_only_the_record_and_its_strings()
    {
        var body = new ReadOnlySequence<byte>(GoldenRequests.All["send_message"].Binary!);
        _ = BinaryCodec.DecodeRequest(body);

        var start = GC.GetAllocatedBytesForCurrentThread();
        _ = BinaryCodec.DecodeRequest(body);
        var decoding = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new SendMessage(new string('s', 3), new string('r', 3), new string('c', "Hi, Bob!".Length)));
        var building = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal(building, decoding);
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
