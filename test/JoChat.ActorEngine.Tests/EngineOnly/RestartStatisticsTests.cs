namespace JoChat.ActorEngine.Tests;

public sealed class RestartStatisticsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _time = new();
    private readonly RestartStatistics _statistics = new();

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, 1)]
    public void Restarts_are_allowed_anew_when_the_window_has_passed(int maxRetries, int inOneWindow)
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < inOneWindow; i++) { Assert.True(Ask(maxRetries)); }
            Assert.False(Ask(maxRetries));
            _time.Advance(Window + TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public void Window_lasts_to_its_last_moment()
    {
        Assert.True(Ask(1));

        _time.Advance(Window);

        Assert.False(Ask(1));
    }

    private bool Ask(int maxRetries) => _statistics.RequestPermission(maxRetries, Window, _time);
}
