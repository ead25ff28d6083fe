using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>What the golden tables promise, for requests and for what the server sends.</summary>
public sealed class JsonGoldenTests
{
    public static TheoryData<string> Requests => GoldenRequests.Names;

    public static TheoryData<string> Messages => GoldenMessages.Names;

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_encoded_to_its_text(string name)
    {
        var (json, _, message) = GoldenRequests.All[name];

        Assert.Equal(json, Json.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_from_its_text(string name)
    {
        var (json, _, message) = GoldenRequests.All[name];

        var decoded = Json.DecodeRequest(json);

        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(json, Json.Encode(decoded)); // Equivalent does not see the order in a list
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_encoded_to_its_text(string name)
    {
        var (json, _, message) = GoldenMessages.All[name];

        Assert.Equal(json, Json.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_body_is_its_text_without_a_length(string name)
    {
        var (json, _, message) = GoldenMessages.All[name];
        var output = new ArrayBufferWriter<byte>();

        JsonCodec.WriteMessageBody(message, output);

        Assert.Equal(json, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_from_its_text(string name)
    {
        var (json, _, message) = GoldenMessages.All[name];

        var decoded = Json.DecodeMessage(json);

        Assert.NotNull(decoded);
        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(json, Json.Encode(decoded));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_truncation_of_a_request_is_unreadable(string name)
    {
        var body = Encoding.UTF8.GetBytes(GoldenRequests.All[name].Json);
        for (var length = 0; length < body.Length; length++)
        {
            var request = JsonCodec.DecodeRequest(new ReadOnlySequence<byte>(body, 0, length));

            Assert.Equal(ErrorCode.MalformedRequest, Assert.IsType<UnreadableRequest>(request).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_truncation_of_a_message_is_none(string name)
    {
        var body = Encoding.UTF8.GetBytes(GoldenMessages.All[name].Json);
        for (var length = 0; length < body.Length; length++)
        {
            Assert.Null(JsonCodec.DecodeMessage(new ReadOnlySequence<byte>(body, 0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_across_every_seam(string name)
    {
        var json = GoldenRequests.All[name].Json;
        var body = Encoding.UTF8.GetBytes(json);
        for (var at = 0; at <= body.Length; at++)
        {
            Assert.Equal(json, Json.Encode(JsonCodec.DecodeRequest(Sequences.Split(body, at))));
        }
        Assert.Equal(json, Json.Encode(JsonCodec.DecodeRequest(Sequences.SplitEverywhere(body))));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_across_every_seam(string name)
    {
        var json = GoldenMessages.All[name].Json;
        var body = Encoding.UTF8.GetBytes(json);
        for (var at = 0; at <= body.Length; at++)
        {
            Assert.Equal(json, Json.Encode(JsonCodec.DecodeMessage(Sequences.Split(body, at))!));
        }
    }

    [Fact]
    public void Every_operation_and_every_event_has_golden_texts()
    {
        var operations = Enum.GetValues<Operation>().Where(operation => operation is not Operation.Unknown);
        var events = typeof(ServerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerEvent)));
        var requests = GoldenRequests.All.Values.Select(golden => golden.Message);
        var messages = GoldenMessages.All.Values.Select(golden => golden.Message)
            .Where(golden => golden is not Refused);

        Assert.Equal(operations, requests.Select(request => request.Operation).Distinct().Order());
        Assert.Equal(
            operations.Where(operation => operation is not Operation.Acknowledge),
            messages.OfType<Response>().Select(response => response.Operation).Distinct().Order());
        Assert.Equal(
            events.ToHashSet(), messages.OfType<ServerEvent>().Select(message => message.GetType()).ToHashSet());
    }

    [Fact]
    public void Decoding_a_text_message_allocates_only_the_record_and_its_strings()
    {
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(GoldenRequests.All["send_message"].Json));
        _ = JsonCodec.DecodeRequest(body);

        var start = GC.GetAllocatedBytesForCurrentThread();
        _ = JsonCodec.DecodeRequest(body);
        var decoding = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new SendMessage(new string('s', 3), new string('r', 3), new string('c', "Hi, Bob!".Length)));
        var building = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal(building, decoding);
    }

    [Fact]
    public void An_encoded_frame_begins_with_the_length_of_its_body()
    {
        var output = new ArrayBufferWriter<byte>();

        JsonCodec.WriteMessage(new MessageStored(), output);
        JsonCodec.WriteMessage(new LoggedOut(), output);

        var length = BinaryPrimitives.ReadInt32BigEndian(output.WrittenSpan);
        var second = BinaryPrimitives.ReadInt32BigEndian(output.WrittenSpan[(4 + length)..]);
        Assert.Equal(output.WrittenCount, 4 + length + 4 + second);
    }

    [Theory]
    [InlineData("é😀\n", 1)]
    [InlineData("é😀\n", 100_000)]
    [InlineData("x", 65_535)]
    [InlineData("日", 65_535)]
    [InlineData("😀", 500_000)] // far more than the buffer kept between messages
    [InlineData("\u0001", 500_000)]
    public void A_long_text_is_written_whole_and_the_next_message_is_not_harmed(string text, int count)
    {
        var content = string.Concat(Enumerable.Repeat(text, count));
        var message = new MessageArrived(1, "a", "b", content, DateTimeOffset.UnixEpoch, false);

        var decoded = Json.DecodeMessage(Json.Encode(message));

        Assert.Equal(message, decoded);
        Assert.Equal(GoldenMessages.All["logged out"].Json, Json.Encode(new LoggedOut()));
    }
}
