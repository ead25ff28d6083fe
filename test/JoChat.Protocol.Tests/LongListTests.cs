using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>A list that is far too long costs no more than reading past it.</summary>
public sealed class LongListTests
{
    private const int Many = 60_000, MostBytes = 200_000;

    [Theory]
    [InlineData("presence", "of", "\"ab\"")]
    [InlineData("presence", "of", "5")]
    [InlineData("login", "features", "\"ab\"")]
    [InlineData("login", "features", "[]")]
    [InlineData("ack", "ids", "\"ab\"")]
    public void In_JSON_it_takes_little_memory(string type, string member, string element)
    {
        var elements = string.Join(',', Enumerable.Repeat(element, Many));
        var body = Encoding.UTF8.GetBytes($$$"""{"msg_type":"{{{type}}}","data":{"{{{member}}}":[{{{elements}}}]}}""");

        Assert.InRange(Allocated(() => Json.DecodeRequest(body)), 0, MostBytes);
    }

    [Theory]
    [InlineData((byte)'a')]
    [InlineData((byte)0xFF)]
    public void In_binary_it_takes_little_memory(byte letter)
    {
        var body = Binary.Encode(new AskPresence([.. Enumerable.Repeat("a", Many)]));
        body.AsSpan(16).Replace((byte)'a', letter);

        Assert.InRange(Allocated(() => Binary.DecodeRequest(body)), 0, MostBytes);
    }

    [Fact]
    public void It_is_told_by_one_too_many_and_what_follows_is_read()
    {
        var request = new AskPresence([.. Enumerable.Repeat("a", Many)]) { Id = new RequestId("7") };
        foreach (var decoded in (Request[])
            [Json.DecodeRequest(Json.Encode(request)), Binary.DecodeRequest(Binary.Encode(request))])
        {
            Assert.Equal(Limits.MaxPresenceNames + 1, Assert.IsType<AskPresence>(decoded).Of.Length);
        }
    }

    private static long Allocated(Action action)
    {
        action(); // what is made once is made
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
