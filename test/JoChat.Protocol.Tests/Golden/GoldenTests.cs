using System.Buffers;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>What the golden tables promise of both encodings, for requests and for what the server sends.</summary>
public sealed class GoldenTests
{
    public static TheoryData<bool, string> Requests => Rows(GoldenRequests.All);

    public static TheoryData<bool, string> Messages => Rows(GoldenMessages.All);

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_its_body_both_ways(bool isBinary, string name)
    {
        var (codec, body, request) = Find(GoldenRequests.All[name], isBinary);

        var decoded = codec.DecodeRequest(new ReadOnlySequence<byte>(body));

        Assert.Equal(codec.Show(body), codec.Show(codec.Encode(request)));
        Assert.IsType(request.GetType(), decoded);
        Assert.Equivalent(request, decoded, strict: true);
        Assert.Equal(body, codec.Encode(decoded)); // Equivalent does not see the order in a list
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_its_body_both_ways(bool isBinary, string name)
    {
        var (codec, body, message) = Find(GoldenMessages.All[name], isBinary);

        var decoded = codec.DecodeMessage(new ReadOnlySequence<byte>(body));

        Assert.Equal(codec.Show(body), codec.Show(codec.Encode(message)));
        Assert.NotNull(decoded);
        Assert.IsType(message.GetType(), decoded);
        Assert.Equivalent(message, decoded, strict: true);
        Assert.Equal(body, codec.Encode(decoded));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_truncation_of_a_request_is_unreadable(bool isBinary, string name)
    {
        var (codec, body, _) = Find(GoldenRequests.All[name], isBinary);
        for (var length = 0; length < body.Length; length++)
        {
            var request = codec.DecodeRequest(new ReadOnlySequence<byte>(body, 0, length));

            Assert.Equal(ErrorCode.MalformedRequest, Assert.IsType<UnreadableRequest>(request).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_truncation_of_a_message_is_none(bool isBinary, string name)
    {
        var (codec, body, _) = Find(GoldenMessages.All[name], isBinary);
        for (var length = 0; length < body.Length; length++)
        {
            if (isBinary && name == GoldenMessages.RefusedSince && length == body.Length - sizeof(long)) { continue; }
            Assert.Null(codec.DecodeMessage(new ReadOnlySequence<byte>(body, 0, length)));
        }
    }

    [Fact]
    public void A_refusal_may_end_before_its_since_as_older_servers_wrote_it()
    {
        var (codec, body, message) = Find(GoldenMessages.All[GoldenMessages.RefusedSince], isBinary: true);

        var decoded = codec.DecodeMessage(new ReadOnlySequence<byte>(body, 0, body.Length - sizeof(long)));

        Assert.Equal((Refused)message with { Since = null }, decoded);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_decoded_across_every_seam(bool isBinary, string name)
    {
        var (codec, body, _) = Find(GoldenRequests.All[name], isBinary);

        Assert.All(
            Sequences.SplitAnywhere(body), split => Assert.Equal(body, codec.Encode(codec.DecodeRequest(split))));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_decoded_across_every_seam(bool isBinary, string name)
    {
        var (codec, body, _) = Find(GoldenMessages.All[name], isBinary);

        Assert.All(
            Sequences.SplitAnywhere(body), split => Assert.Equal(body, codec.Encode(codec.DecodeMessage(split)!)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoding_a_text_message_allocates_only_the_record_and_its_strings(bool isBinary)
    {
        var (codec, bytes, _) = Find(GoldenRequests.All["send_message"], isBinary);
        var body = new ReadOnlySequence<byte>(bytes);
        _ = codec.DecodeRequest(body);

        var start = GC.GetAllocatedBytesForCurrentThread();
        _ = codec.DecodeRequest(body);
        var decoding = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new SendMessage(new string('s', 3), new string('r', 3), new string('c', "Hi, Bob!".Length)));
        var building = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal(building, decoding);
    }

    private static TheoryData<bool, string> Rows<T>(Dictionary<string, Golden<T>> golden)
    {
        var rows = new TheoryData<bool, string>();
        foreach (var (name, row) in golden)
        {
            rows.Add(false, name);
            if (row.Binary is not null) { rows.Add(true, name); }
        }
        return rows;
    }

    private static (TestedCodec Codec, byte[] Body, T Message) Find<T>(Golden<T> golden, bool isBinary) => isBinary
        ? (TestedCodec.Binary, golden.Binary!, golden.Message)
        : (TestedCodec.Json, Encoding.UTF8.GetBytes(golden.Json), golden.Message);
}
