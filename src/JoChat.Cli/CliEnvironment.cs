using JoChat.Cli.Display;
using JoChat.Cli.Handles;
using JoChat.Cli.State;
using JoChat.Cli.Terminals;

namespace JoChat.Cli;

/// <summary>The process's streams, terminal and environment variables. Tests substitute their own.</summary>
internal sealed record CliEnvironment
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    /// <summary>An environment variable's value; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public bool IsErrorTerminal { get; init; }

    /// <summary>The terminal of the input; null if it is none.</summary>
    public ITerminalDevice? Device { get; init; }

    /// <summary>The terminal's columns now.</summary>
    public Func<int> Width { get; init; } = () => DefaultWidth;

    /// <summary>The clock of retries and of the times shown.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What is kept for the person; null if there is no place to keep anything.</summary>
    public StateFolder? State => StateFolder.Find(Variable);

    private const int DefaultWidth = 80;

    // To be given back at the end; guarded by itself, because signals come on threads of their own.
    private readonly List<ITerminal> _opened = [];

    // A dumb terminal can neither erase text nor colour it.
    private bool IsDumb => Variable("TERM") == "dumb";

    /// <summary>The environment of the real process.</summary>
    public static CliEnvironment OfProcess()
    {
        ITerminalDevice? device = !StandardHandles.IsInputTerminal ? null
            : OperatingSystem.IsWindows() ? new WindowsTerminal() : new UnixTerminal();
        return new CliEnvironment
        {
            In = device?.OpenInput() ?? StandardHandles.OpenRedirectedInput(),
            Out = device is not null && StandardHandles.IsOutputTerminal
                ? GuardedWriter.Over(device.OpenScreen(isError: false)) : StandardHandles.OpenOutput(),
            Error = device is not null && StandardHandles.IsErrorTerminal
                ? GuardedWriter.Over(device.OpenScreen(isError: true)) : StandardHandles.OpenError(),
            IsInputTerminal = StandardHandles.IsInputTerminal,
            IsOutputTerminal = StandardHandles.IsOutputTerminal,
            IsErrorTerminal = StandardHandles.IsErrorTerminal,
            Variable = Environment.GetEnvironmentVariable,
            Device = device,
            Width = () => !StandardHandles.IsOutputTerminal || device is null ? DefaultWidth : device.Size.Columns,
        };
    }

    /// <summary>Why standard output could not be written, as a sentence; null if it could.</summary>
    public string? OutputFailure => (Out as GuardedWriter)?.Failure;

    /// <summary>Why a command stops if standard output could not be written.</summary>
    /// <param name="consequence">A sentence that says what was done and what was not.</param>
    public CommandFailedException OutputFailed(string consequence) =>
        new($"Standard output cannot be written: {OutputFailure} {consequence}", ExitCode.Refused) { Code = "output" };

    /// <summary>Whether to colour standard output. Any value of NO_COLOR but the empty one means no, as
    /// https://no-color.org says.</summary>
    public bool IsColourWanted(bool isForbidden) =>
        IsOutputTerminal && !isForbidden && !IsDumb && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>The terminal of the chat: a line editor if input and output are a capable terminal, else plain
    /// lines.</summary>
    /// <param name="isColourForbidden">As of <see cref="IsColourWanted"/>.</param>
    public ITerminal OpenChatTerminal(bool isColourForbidden = false) => Open(
        Device is { } device && IsOutputTerminal && !IsDumb
            ? RawTerminal.Open(device, Time, new Ink(IsColourWanted(isColourForbidden)), isTemporary: false)
            : OpenPlainTerminal());

    /// <summary>The terminal of a verb's questions, which are shown only to a person, on standard error.</summary>
    public ITerminal OpenPlainTerminal()
    {
        lock (_opened)
        {
            // One of them reads the keyboard.
            return _opened.LastOrDefault() ?? Open(
                Device is { } device && IsErrorTerminal && !IsDumb
                    ? RawTerminal.Open(device, Time, new Ink(isColoured: false), isTemporary: true)
                    : new PlainTerminal(In, Out, IsInputTerminal ? Error : null, Device));
        }
    }

    /// <summary>Gives the terminal back as it was. May be called at any time, by any thread.</summary>
    public void CloseTerminal()
    {
        lock (_opened)
        {
            foreach (var terminal in _opened) { terminal.Close(); }
        }
    }

    private ITerminal Open(ITerminal terminal)
    {
        lock (_opened) { _opened.Add(terminal); }
        return terminal;
    }
}
