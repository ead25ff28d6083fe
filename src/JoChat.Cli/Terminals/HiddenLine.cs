namespace JoChat.Cli.Terminals;

/// <summary>Reads lines from the keyboard without showing them, on a terminal that can do nothing else.</summary>
internal sealed class HiddenLine(ITerminalDevice device)
{
    private readonly KeyDecoder _decoder = new();
    private readonly LineEditor _editor = new();
    private readonly Queue<KeyStroke> _keys = []; // typed already, for the next line

    /// <summary>Blocks until the line is finished.</summary>
    public TypedLine Read()
    {
        _editor.Begin(LinePrompt.Secret(""));
        device.TrySetRaw();
        try
        {
            var bytes = new byte[1024];
            while (true)
            {
                while (_keys.TryDequeue(out var key))
                {
                    if (key.IsControl("\\")) { device.Interrupt(isQuit: true); }
                    switch (_editor.Apply(key))
                    {
                        case EditOutcome.Submitted: return _editor.Typed;
                        case EditOutcome.EndOfInput: return new TypedLine(null);
                        case EditOutcome.Interrupted: return new TypedLine(null) { IsInterrupted = true };
                    }
                }
                var count = device.Read(bytes);
                if (count == 0) { return new TypedLine(null); }
                foreach (var key in _decoder.Decode(bytes.AsSpan(0, count))) { _keys.Enqueue(key); }
            }
        }
        finally
        {
            device.Restore();
        }
    }
}
