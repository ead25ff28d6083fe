using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Chat;

/// <summary>The chat run in process as with redirected streams: a test types lines and reads lines.</summary>
internal sealed class ChatRig : IAsyncDisposable
{
    private readonly LineFeed _input = new();
    private readonly LineSink _output = new();
    private readonly StringWriter _error = new();
    private readonly bool _ownsServer;

    public ChatRig(params string[] options)
        : this(AnsweringServer.Usually, isPerson: false, options)
    {
    }

    /// <summary>Starts a person's chat with a server that outlives it.</summary>
    /// <param name="server">The server, which the caller disposes.</param>
    /// <param name="state">The folder in which the program keeps what it keeps.</param>
    /// <param name="options">Further arguments.</param>
    public ChatRig(AnsweringServer server, string state, params string[] options)
        : this(server, isPerson: true, name => name == "XDG_STATE_HOME" ? state : null, CliRun.NewClock(skipsWaits: false), options)
    {
    }

    /// <summary>Starts a chat that connects at once, so how hello is answered must be known by now.</summary>
    /// <param name="answer">The server's rule.</param>
    /// <param name="isPerson">Whether prompts are shown, on the error stream.</param>
    /// <param name="options">Further arguments.</param>
    public ChatRig(Func<Request, Response?> answer, bool isPerson, params string[] options)
        : this(new AnsweringServer { Answer = answer }, isPerson, _ => null, CliRun.NewClock(), options) =>
        _ownsServer = true;

    private ChatRig(AnsweringServer server, bool isPerson, Func<string, string?> variable, TimeProvider time, string[] options)
    {
        Server = server;
        var environment = new CliEnvironment
        {
            In = _input,
            Out = _output,
            Error = _error,
            IsInputTerminal = isPerson,
            Variable = variable,
            Time = time,
        };
        string[] arguments = [.. options, "--port", Server.Port.ToString(CultureInfo.InvariantCulture)];
        Running = CliCommandLine.RunAsync(arguments, environment, default);
    }

    public AnsweringServer Server { get; }

    /// <summary>The exit code, once the chat has ended.</summary>
    public Task<int> Running { get; }

    public string Error => _error.ToString();

    /// <summary>A chat in which ada has logged in and been greeted.</summary>
    /// <param name="isPerson">Whether she is one, and not a script.</param>
    /// <param name="options">Further arguments.</param>
    public static async Task<ChatRig> AsAdaAsync(bool isPerson = false, params string[] options)
    {
        var rig = new ChatRig(
            AnsweringServer.Usually, isPerson, [.. options, "--user", "ada", "--password-file", "-"]);
        rig.Type("pw");
        await rig.ExpectAsync("* Logged in as ada. 0 sent while away. /help lists the commands.");
        return rig;
    }

    public void Type(params string[] lines)
    {
        foreach (var line in lines) { _input.Add(line); }
    }

    public void EndInput() => _input.End();

    /// <summary>Asserts that the next lines printed are these.</summary>
    public async Task ExpectAsync(params string[] lines)
    {
        foreach (var line in lines) { Assert.Equal(line, await NextAsync()); }
    }

    public Task<string> NextAsync() => _output.NextAsync();

    public async ValueTask DisposeAsync()
    {
        EndInput();
        await Running.OrFail();
        if (_ownsServer) { await Server.DisposeAsync(); }
        _input.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }

    private sealed class LineFeed : TextReader
    {
        private readonly BlockingCollection<string> _lines = [];

        public void Add(string line) => _lines.Add(line);

        public void End() => _lines.CompleteAdding();

        // Lines are taken whole, or one character after the other.
        private string _rest = "";

        public override int Read()
        {
            if (_rest.Length == 0) { _rest = ReadLine() is { } line ? line + "\n" : ""; }
            if (_rest.Length == 0) { return -1; }
            var next = _rest[0];
            _rest = _rest[1..];
            return next;
        }

        public override string? ReadLine() => _lines.TryTake(out var line, Timeout.Infinite) ? line : null;

        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
            new(Task.Run(ReadLine, cancellationToken));
    }

    private sealed class LineSink : TextWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value!);

        public Task<string> NextAsync() => _lines.Reader.ReadAsync().AsTask().OrFail();
    }
}
