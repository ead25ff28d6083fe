using System.Threading.Channels;
using JoChat.Cli.Terminals;
using JoChat.Testing.Terminals;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>A raw terminal between a keyboard and a screen that a test holds. What is typed has taken effect when the
/// call returns.</summary>
internal sealed class TerminalRig
{
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    public TerminalRig(int columns = 80)
    {
        Screen = new FakeScreen(columns);
        Terminal = new RawTerminal(_keys.Reader, Screen, () => columns);
    }

    public FakeScreen Screen { get; }

    public RawTerminal Terminal { get; }

    public string LastRow => Screen.Rows[^1];

    public Task<string?> Ask(LinePrompt prompt, CancellationToken cancellation = default)
    {
        return TextAsync(AskFor(prompt, cancellation));

        static async Task<string?> TextAsync(Task<TypedLine> typed) => (await typed).Text;
    }

    public Task<TypedLine> AskFor(LinePrompt prompt, CancellationToken cancellation = default)
    {
        // Without a context the keys are taken by the thread that types them, before it goes on.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Terminal.ReadLineAsync(prompt, cancellation);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Asks as the chat does.</summary>
    public Task<string?> Chat(Completer? completer = null) =>
        Ask(new LinePrompt(() => "> ") { IsChatLine = true, Completer = completer });

    public void Type(string text)
    {
        foreach (var typed in text) { Press(new ConsoleKeyInfo(typed, ConsoleKey.None, false, false, false)); }
    }

    public void Press(params ConsoleKey[] keys)
    {
        foreach (var key in keys) { Press(new ConsoleKeyInfo('\0', key, false, false, false)); }
    }

    public void Control(ConsoleKey key) => Press(new ConsoleKeyInfo('\u0001', key, false, false, control: true));

    public void HangUp() => _keys.Writer.Complete();

    private void Press(ConsoleKeyInfo key) => _keys.Writer.TryWrite(key);
}
