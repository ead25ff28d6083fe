namespace JoChat.ActorEngine;

/// <summary>The time-out for not having received a message.</summary>
internal sealed partial class ActorCell
{
    /// <inheritdoc/>
    public TimeSpan? ReceiveTimeout => _extras?.IdleTimer?.Timeout;

    /// <inheritdoc/>
    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout <= TimeSpan.Zero) { throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "Not > 0."); }
        if (timeout == ReceiveTimeout) { return; }
        _extras?.IdleTimer?.Dispose();
        if (timeout is null && _extras is null) { return; }
        Extras.IdleTimer = timeout is { } set ? new IdleTimer(_self, set, System.Time) : null;
    }

    private void RestartReceiveTimeout()
    {
        if (_extras?.IdleTimer is { } timer && (_message is not INotInfluenceReceiveTimeout || !timer.IsRunning))
        {
            timer.Restart();
        }
    }
}
