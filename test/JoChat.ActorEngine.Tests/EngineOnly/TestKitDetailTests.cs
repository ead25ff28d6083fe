namespace JoChat.ActorEngine.Tests;

public sealed class TestKitDetailTests : ActorSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Failure_names_what_was_wanted_what_came_and_what_is_behind_it()
    {
        TestActor.Tell("first");
        TestActor.Tell(2);

        var failure = Assert.ThrowsAny<Exception>(() => ExpectMsg<int>());

        Assert.Contains("System.Int32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("first", failure.Message, StringComparison.Ordinal);
        Assert.Contains("2 from", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_of_silence_has_the_hint() => Assert.Contains(
        "the hint",
        Assert.ThrowsAny<Exception>(() => ExpectMsg<int>(Soon, "the hint")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Message_that_was_not_expected_is_named()
    {
        TestActor.Tell("x");

        var failure = Assert.ThrowsAny<Exception>(() => ExpectNoMsg(20));

        Assert.Contains("x", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_message_that_does_not_fit_is_taken_too()
    {
        for (var i = 3; i <= 6; i++) { TestActor.Tell(i); }

        Assert.Equal([3, 4], ReceiveWhile<int>(number => number < 5));

        Assert.Equal(6, await ReceiveOneAsync());
    }
}
