namespace JoChat.Actors.Tests;

/// <summary>Where passwords are worked on.</summary>
public sealed class LowPriorityThreadTests
{
    [Fact]
    public async Task It_is_no_thread_of_the_pool_and_gives_way()
    {
        var usual = Nice();

        var (isOfPool, nice) = await LowPriorityThread.RunAsync(() => (Thread.CurrentThread.IsThreadPoolThread, Nice()));

        Assert.False(isOfPool);
        Assert.True(nice > usual, $"{nice} beside {usual}");
    }

    // The 19th field of the line, behind the name, which may have blanks.
    private static int Nice() => OperatingSystem.IsLinux()
        ? int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ')[17],
            System.Globalization.CultureInfo.InvariantCulture)
        : -(int)Thread.CurrentThread.Priority;
}
