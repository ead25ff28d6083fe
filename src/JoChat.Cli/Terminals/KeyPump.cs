using System.Threading.Channels;

namespace JoChat.Cli.Terminals;

/// <summary>Keys that arrived together.</summary>
/// <param name="Keys">At least one.</param>
/// <param name="At">When, as a timestamp of the clock.</param>
internal readonly record struct KeyBatch(KeyStroke[] Keys, long At);

/// <summary>Reads the keyboard on a thread of its own, since waiting for a key blocks.</summary>
/// <param name="read">Waits for bytes; 0 at the end.</param>
/// <param name="intercept">Takes keys out that must have their effect at once, whatever is going on.</param>
/// <param name="time">Tells when keys arrive.</param>
/// <param name="isOnDemand">Whether to read only once keys are asked for, because others read too.</param>
internal sealed class KeyPump(Func<byte[], int> read, Func<KeyStroke, bool> intercept, TimeProvider time, bool isOnDemand)
{
    private const int MaxTypedAhead = 4096; // batches; then the keyboard is not read until some are taken
    private const int MaxBatchBytes = 4096;

    private readonly Channel<KeyBatch> _batches = Channel.CreateBounded<KeyBatch>(MaxTypedAhead);

    // One demand is as good as several.
    private readonly Channel<bool> _demand = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool _isStarted;

    /// <summary>What was read.</summary>
    public ChannelReader<KeyBatch> Batches => _batches.Reader;

    /// <summary>Asks for keys. The first time this starts to read; that ends with the process.</summary>
    public void Demand()
    {
        _demand.Writer.TryWrite(true);
        if (_isStarted) { return; }
        _isStarted = true;
        new Thread(Pump) { IsBackground = true, Name = "keyboard" }.Start();
    }

    private void Pump()
    {
        var decoder = new KeyDecoder();
        var bytes = new byte[MaxBatchBytes];
        try
        {
            Await(_demand.Reader.ReadAsync().AsTask());
            while (read(bytes) is > 0 and var count)
            {
                KeyStroke[] keys = [.. decoder.Decode(bytes.AsSpan(0, count)).Where(key => !intercept(key))];
                if (keys.Length == 0) { continue; }
                Await(_batches.Writer.WriteAsync(new KeyBatch(keys, time.GetTimestamp())).AsTask());
                if (isOnDemand) { Await(_demand.Reader.ReadAsync().AsTask()); }
            }
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
        _batches.Writer.Complete();
    }

    // A dedicated thread may block, and a background thread does not keep the process alive.
    private static void Await(Task task) => task.GetAwaiter().GetResult();
}
