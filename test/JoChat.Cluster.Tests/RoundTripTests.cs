using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>What is read from a link is what was written into it, every member of every type.</summary>
public sealed class RoundTripTests
{
    private const int Rounds = 100;

    public static TheoryData<string> Types => LinkMessages.Types;

    public static TheoryData<string> Responses => [.. Arbitrary.Concrete<Response>().Select(type => type.Name)];

    public static TheoryData<string> Events => [.. Arbitrary.Concrete<ServerEvent>().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_message_comes_back_as_it_was(string type)
    {
        var arbitrary = new Arbitrary(new Random(1));
        for (var round = 0; round < Rounds; round++) { AssertComesBack(arbitrary.Of(LinkMessages.Form(type).Type)); }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Every_response_comes_back_as_it_was(string type)
    {
        var arbitrary = new Arbitrary(new Random(2));
        var response = Arbitrary.Concrete<Response>().Single(one => one.Name == type);
        for (var round = 0; round < Rounds; round++)
        {
            AssertComesBack(new Answered(round, (Response)arbitrary.Of(response)));
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_comes_back_as_it_was(string type)
    {
        var arbitrary = new Arbitrary(new Random(3));
        var told = Arbitrary.Concrete<ServerEvent>().Single(one => one.Name == type);
        for (var round = 0; round < Rounds; round++)
        {
            AssertComesBack(new DeliverEvent((ServerEvent)arbitrary.Of(told)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Every_number_comes_back_also_what_a_client_made_up(long number)
    {
        AssertComesBack(new MarkInboxDelivered(number, new(number), new(number)), session: number);
        AssertComesBack(new DiscardMessages(number, new(number), new[] { number, number }));
    }

    private static void AssertComesBack(object message, long session = 7)
    {
        var read = LinkMessages.EncodingOf(message.GetType()).Read(LinkMessages.Encode(message, session));

        Assert.Equal(session, read.Session);
        Assert.Equal(Facts.Of(message), Facts.Of(read.Content));
    }
}
