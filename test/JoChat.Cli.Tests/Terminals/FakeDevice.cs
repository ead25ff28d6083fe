using System.Text;
using JoChat.Cli.Terminals;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>A terminal whose keyboard and size a test holds.</summary>
internal sealed class FakeDevice(string typed = "") : ITerminalDevice
{
    private readonly Queue<byte> _typed = new(Encoding.UTF8.GetBytes(typed));

    public event Action? Resized;

    public event Action? Continued;

    public (int Columns, int Rows) Size { get; private set; } = (80, 24);

    public bool IsRaw { get; private set; }

    /// <summary>Whether the process is in the background.</summary>
    public bool IsInBackground { get; set; }

    /// <summary>What is called while the process is stopped.</summary>
    public Action Stopped { get; set; } = () => { };

    /// <summary>What was sent to the process itself.</summary>
    public List<string> Signals { get; } = [];

    public void Resize(int columns, int rows)
    {
        Size = (columns, rows);
        Resized?.Invoke();
    }

    public void Continue() => Continued?.Invoke();

    public int Read(byte[] bytes)
    {
        if (!_typed.TryDequeue(out var next)) { return 0; }
        bytes[0] = next;
        return 1;
    }

    public bool TrySetRaw() => IsRaw = !IsInBackground;

    public void Restore() => IsRaw = false;

    public void DiscardInput()
    {
        // What is typed here is typed when it is read.
    }

    public TextReader OpenInput() => throw new NotSupportedException();

    public TextWriter OpenScreen(bool isError) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    public void Stop() => Stopped();

    public void Interrupt(bool isQuit) => Signals.Add(isQuit ? "quit" : "interrupt");
}
