using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What an account is answered counts as what it asks: a short request may ask for a long list.</summary>
public sealed class AnswerPaceTests : SessionTestKit
{
    [Fact]
    public async Task After_a_long_answer_the_next_request_waits()
    {
        await LogInAsync();
        Connection.AnswerBytes = (PaceOptions.Burst.Seconds * new PaceOptions().BytesPerSecond) + 1;
        Session.Submit(new Ping());
        Session.Submit(new Ping());
        await FenceAsync();

        await Client.ExpectMsgAsync<Pong>();
        Assert.False(Client.HasMessages);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await Client.ExpectMsgAsync<Pong>();
    }
}
