using System.Text;
using System.Threading.Channels;
using JoChat.Cli.Display;
using JoChat.Cli.Terminals;
using JoChat.Testing.Terminals;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>A raw terminal between a keyboard and a screen that a test holds. What is typed has taken effect when the
/// call returns.</summary>
internal sealed class TerminalRig
{
    public const string Left = "\e[D", Right = "\e[C", Up = "\e[A", Down = "\e[B", Home = "\e[H", End = "\e[F";
    public const string Enter = "\r", Tab = "\t", Backspace = "\x7f", Delete = "\e[3~";

    private readonly Channel<KeyBatch> _keys = Channel.CreateUnbounded<KeyBatch>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private readonly KeyDecoder _decoder = new();
    private readonly LineHistory _history = new();

    public TerminalRig(int columns = 80, int rows = 24)
    {
        Device.Resize(columns, rows);
        Screen = new FakeScreen(columns, rows);
        var reader = new KeyReader(_keys.Reader, Time, demand: () => { });
        Terminal = new RawTerminal(reader, Device, Screen, Time, new Ink(isColoured: false));
        Device.Resized += Terminal.Redraw;
        Device.Continued += Terminal.Resume;
    }

    /// <summary>It moves only when told, or when keys are pressed one by one.</summary>
    public TestClock Time { get; } = new();

    public FakeDevice Device { get; } = new();

    public FakeScreen Screen { get; }

    public RawTerminal Terminal { get; }

    public string LastRow => Screen.Rows[^1];

    public Task<string?> Ask(LinePrompt prompt, CancellationToken cancellation = default)
    {
        Task<string?>? asked = null;
        var typed = AskFor(prompt, cancellation);
        WithoutContext(() => asked = TextAsync());
        return asked!;

        async Task<string?> TextAsync() => (await typed).Text;
    }

    public Task<TypedLine> AskFor(LinePrompt prompt, CancellationToken cancellation = default)
    {
        Task<TypedLine>? asked = null;
        WithoutContext(() => asked = Terminal.ReadLineAsync(prompt, cancellation));
        return asked!;
    }

    /// <summary>Asks as the chat does.</summary>
    public Task<string?> Chat(Completer? completer = null) => Ask(ChatPrompt(completer));

    public LinePrompt ChatPrompt(Completer? completer = null) =>
        new(() => "> ") { IsChatLine = true, Completer = completer, History = _history };

    /// <summary>Presses a key for each character, one after the other.</summary>
    public void Type(string text)
    {
        foreach (var typed in text.EnumerateRunes()) { Press(typed.ToString()); }
    }

    /// <summary>Presses keys one after the other.</summary>
    /// <param name="keys">What the terminal sends for each.</param>
    public void Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            WithoutContext(() => Time.Advance(TimeSpan.FromSeconds(1)));
            Send(key);
        }
    }

    /// <summary>Presses letters while Control is held.</summary>
    public void Control(params char[] letters) => Press([.. letters.Select(letter => ((char)(letter & 0x1F)).ToString())]);

    /// <summary>Pastes into a terminal that tells so.</summary>
    public void Paste(string text) => Press($"\e[200~{text}\e[201~");

    /// <summary>Has bytes arrive together, with nothing behind them.</summary>
    public void Burst(string text)
    {
        Press(text);
        WithoutContext(() => Time.Advance(TimeSpan.FromMilliseconds(21)));
    }

    /// <summary>Has bytes arrive in one read.</summary>
    public void Send(string text)
    {
        var decoded = _decoder.Decode(Encoding.UTF8.GetBytes(text));
        KeyStroke[] keys = [.. decoded.Where(key => !Terminal.Intercept(key))];
        if (keys.Length == 0) { return; }
        WithoutContext(() => _keys.Writer.TryWrite(new KeyBatch(keys, Time.GetTimestamp())));
    }

    public void HangUp() => WithoutContext(() => _keys.Writer.Complete());

    // Then the keys are taken by the thread that types them, before it goes on.
    private static void WithoutContext(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
