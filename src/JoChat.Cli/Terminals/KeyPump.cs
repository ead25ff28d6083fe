using System.Threading.Channels;

namespace JoChat.Cli.Terminals;

/// <summary>Reads the keyboard on a thread of its own, since waiting for a key blocks.</summary>
internal static class KeyPump
{
    private const int MaxTypedAhead = 4096; // keys; then the keyboard is not read until some are taken

    /// <summary>Starts reading; it ends with the process.</summary>
    public static ChannelReader<ConsoleKeyInfo> Start(Func<ConsoleKeyInfo> readKey)
    {
        var keys = Channel.CreateBounded<ConsoleKeyInfo>(MaxTypedAhead);
        var thread = new Thread(() => Pump(readKey, keys.Writer)) { IsBackground = true, Name = "keyboard" };
        thread.Start();
        return keys.Reader;
    }

    private static void Pump(Func<ConsoleKeyInfo> readKey, ChannelWriter<ConsoleKeyInfo> keys)
    {
        try
        {
            while (true)
            {
                // A dedicated thread may block, and a background thread does not keep the process alive.
                keys.WriteAsync(readKey()).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException)
        {
            keys.Complete(); // the terminal is gone
        }
    }
}
