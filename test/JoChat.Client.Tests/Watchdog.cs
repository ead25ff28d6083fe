namespace JoChat.Client.Tests;

/// <summary>Turns a test that would hang into one that fails; no test waits for it to pass.</summary>
public static class Watchdog
{
    private static readonly TimeSpan FarTooLong = TimeSpan.FromSeconds(60);

    public static Task<T> OrFail<T>(this Task<T> task) => task.WaitAsync(FarTooLong);

    public static Task OrFail(this Task task) => task.WaitAsync(FarTooLong);
}
