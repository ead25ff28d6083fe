using System.Text;
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

    /// <summary>Waits for a key without echo; works only if the input is a terminal.</summary>
    public Func<ConsoleKeyInfo> ReadKey { get; init; } = () => throw new InvalidOperationException("no terminal");

    /// <summary>The terminal's columns now.</summary>
    public Func<int> Width { get; init; } = () => DefaultWidth;

    /// <summary>The clock of retries and of the times shown.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What is kept for the person; null if there is no place to keep anything.</summary>
    public StateFolder? State => StateFolder.Find(Variable);

    private const int DefaultWidth = 80;

    // A dumb terminal can neither erase text nor colour it.
    private bool IsDumb => Variable("TERM") == "dumb";

    /// <summary>The environment of the real process.</summary>
    public static CliEnvironment OfProcess() => new()
    {
        In = Console.IsInputRedirected ? OpenRedirectedInput() : Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        Variable = Environment.GetEnvironmentVariable,
        ReadKey = () => Console.ReadKey(intercept: true),
        Width = () => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth,
    };

    /// <summary>Whether to colour standard output. Any value of NO_COLOR but the empty one means no, as
    /// https://no-color.org says.</summary>
    public bool IsColourWanted(bool isForbidden) =>
        IsOutputTerminal && !isForbidden && !IsDumb && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>The terminal of the chat: a line editor if input and output are a capable terminal, else plain
    /// lines.</summary>
    public ITerminal OpenChatTerminal() =>
        IsInputTerminal && IsOutputTerminal && !IsDumb
            ? new RawTerminal(KeyPump.Start(ReadKey), Out, Width)
            : OpenPlainTerminal();

    /// <summary>Plain lines. Prompts are shown only to a person, on standard error.</summary>
    public ITerminal OpenPlainTerminal() => IsInputTerminal
        ? new PlainTerminal(In, Out, Error, () => HiddenLine.Read(ReadKey))
        : new PlainTerminal(In, Out, questions: null, readHidden: null);

    // Invalid bytes are an error: they must not be sent as replacement characters.
    private static StreamReader OpenRedirectedInput()
    {
        var strict = Encoding.GetEncoding(
            Console.InputEncoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return new StreamReader(Console.OpenStandardInput(), strict, detectEncodingFromByteOrderMarks: false);
    }
}
