namespace JoChat.Client.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_API_is_the_approved_one() => ApprovedApi.Check(typeof(JoChatClient).Assembly);
}
