namespace JoChat.Cli.Chat;

/// <summary>The next page of the list that was shown last, for <c>/more</c>.</summary>
internal sealed class MoreToShow(ChatScreen screen)
{
    private Func<CancellationToken, Task>? _nextPage;

    /// <summary>A list was shown that goes on, and says so.</summary>
    public void Is(Func<CancellationToken, Task> nextPage)
    {
        _nextPage = nextPage;
        screen.Say("There are more: /more");
    }

    /// <summary>A list was shown to its end.</summary>
    public void IsNothing() => _nextPage = null;

    public Task ShowAsync(CancellationToken cancellation)
    {
        if (_nextPage is { } next) { return next(cancellation); }
        screen.Say("There is no more.");
        return Task.CompletedTask;
    }
}
