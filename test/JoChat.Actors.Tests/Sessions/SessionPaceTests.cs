using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>An account that asks faster than it may is made to wait. Nothing is refused.</summary>
public sealed class SessionPaceTests : SessionTestKit
{
    private protected override int RequestsPerSecond => 20;

    [Fact]
    public async Task What_comes_too_fast_is_begun_later_and_in_order()
    {
        await LogInAsync();
        for (var i = 0; i < 220; i++) { Session.Submit(SendTo("bob", $"{i}")); }
        Session.Tell(InputEnded.Instance);

        // Ten seconds' worth at once, and one for what is left; the others take a second.
        for (var i = 0; i < 220; i++)
        {
            if (i == 201)
            {
                await FenceAsync();
                Assert.False(Persistence.HasMessages);
                Time.Advance(TimeSpan.FromSeconds(1));
            }
            var store = await Persistence.ExpectMsgAsync<StoreMessage>();
            Assert.Equal($"{i}", store.Content);
            if (i == 200) { Persistence.Send(Session, new Answered(store.Request, new MessageStored())); }
        }
    }
}
