using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>Plain lines, for redirected input or output and for dumb terminals.</summary>
/// <param name="input">Where the lines come from.</param>
/// <param name="output">Where the lines go; used only under the lock.</param>
/// <param name="questions">Where prompts go; null if the input is not a person.</param>
/// <param name="device">The terminal of the person; null if there is none.</param>
internal sealed class PlainTerminal(
    TextReader input, TextWriter output, TextWriter? questions, ITerminalDevice? device) : ITerminal
{
    private readonly Lock _gate = new();
    private Task<string?>? _reading;
    private readonly HiddenLine? _hidden = device is null ? null : new HiddenLine(device);

    /// <inheritdoc/>
    public async Task<TypedLine> ReadLineAsync(LinePrompt prompt, CancellationToken cancellation)
    {
        if (prompt.IsConfirmation) { device?.DiscardInput(); }
        questions?.Write(prompt.Text());
        questions?.Flush();
        if (prompt.IsSecret && _hidden is not null)
        {
            var secret = await Task.Run(_hidden.Read, cancellation).WaitAsync(cancellation);
            questions?.WriteLine();
            return secret;
        }
        // The console's readers block even in their async methods, and cancellation must still work. A line that comes
        // behind a cancelled wait is the next one's.
        _reading ??= Task.Run(input.ReadLine, CancellationToken.None);
        var line = await _reading.WaitAsync(cancellation);
        _reading = null;
        return new TypedLine(line);
    }

    /// <inheritdoc/>
    public WrittenLine WriteLine(ScreenLine line)
    {
        lock (_gate)
        {
            output.WriteLine(SafeText.OnOneLine(line.ToString()));
            output.Flush();
        }
        return new WrittenLine();
    }

    /// <inheritdoc/>
    public bool TryRewrite(WrittenLine written, ScreenLine line) => false;

    /// <inheritdoc/>
    public bool IsRewriting => false;

    /// <inheritdoc/>
    public void Refresh()
    {
        // A line that was printed stays.
    }

    /// <inheritdoc/>
    public void Notify(string text)
    {
        // Nobody looks here, or a program does.
    }

    /// <inheritdoc/>
    public void Close() => device?.Restore();
}
