namespace JoChat.Testing;

/// <summary>Turns a test that would hang into one that fails; no test waits for it to pass.</summary>
public static class Watchdog
{
    /// <summary>Long enough for a loaded machine; never a measure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<T> OrFail<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task OrFail(this Task task) => task.WaitAsync(Patience);
}
