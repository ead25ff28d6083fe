namespace JoChat.Load.Torture;

/// <summary>Ends something once, however often it is disposed of.</summary>
internal sealed class OnDispose(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
