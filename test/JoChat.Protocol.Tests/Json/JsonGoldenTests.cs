using System.Buffers;
using System.Buffers.Binary;

namespace JoChat.Protocol.Tests;

/// <summary>What the golden tables promise, and what else holds of JSON alone.</summary>
public sealed class JsonGoldenTests
{
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
