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
        var (json, message) = GoldenRequests.All[name];

        Assert.Equal(json, Json.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_from_its_text(string name)
    {
        var (json, message) = GoldenRequests.All[name];

        var decoded = Json.DecodeRequest(json);

        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(json, Json.Encode(decoded)); // Equivalent does not see the order in a list
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_encoded_to_its_text(string name)
    {
        var (json, message) = GoldenMessages.All[name];

        Assert.Equal(json, Json.Encode(message));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_from_its_text(string name)
    {
        var (json, message) = GoldenMessages.All[name];

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
        var operations = Enum.GetValues<Operation>().Where(operation => operation is not Operation.Unknown).ToArray();
        var events = typeof(ServerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerEvent)));
        var responses = GoldenMessages.All.Values.Select(golden => golden.Message).Where(message => message is not Refused);

        Assert.Equal(operations, GoldenRequests.All.Values.Select(golden => golden.Message.Operation).Distinct().Order());
        Assert.Equal(operations, responses.OfType<Response>().Select(response => response.Operation).Distinct().Order());
        Assert.Equal(events, responses.OfType<ServerEvent>().Select(message => message.GetType()).Distinct());
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
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(3_000_000)] // far more than the buffer kept between messages
    public void A_long_text_is_written_whole_and_the_next_message_is_not_harmed(int length)
    {
        var content = string.Concat(Enumerable.Repeat("é😀\n", 1 + (length / 4)))[..length];
        if (char.IsHighSurrogate(content[^1])) { content = content[..^1]; }
        var message = new MessageArrived(1, "a", "b", content, DateTimeOffset.UnixEpoch, false);

        var decoded = Json.DecodeMessage(Json.Encode(message));

        Assert.Equal(message, decoded);
        Assert.Equal(GoldenMessages.All["logged out"].Json, Json.Encode(new LoggedOut()));
    }
}
