using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using JoChat.Testing.Terminals;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>A process on a pseudo-terminal of its own, as a person has it: a test types bytes and sees the screen.
/// Its home is an empty folder, gone with it.</summary>
internal sealed partial class TerminalProcess : IAsyncDisposable
{
    private readonly PseudoTerminal _terminal;
    private readonly Process _leader;
    private readonly FakeScreen _screen;
    private readonly StringBuilder _written = new();
    private readonly TemporaryFolder? _home;
    private readonly Task _reading;

    // Guards the screen and what was written; the source is completed and replaced with every change.
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static TerminalProcess() => SetHandler(SigInt, DefaultHandler); // a child inherits that it is ignored

    private TerminalProcess(string script, string? home, int columns, int rows)
    {
        _home = home is null ? new TemporaryFolder() : null;
        _terminal = new PseudoTerminal(columns, rows);
        _screen = new FakeScreen(columns, rows);
        // The shell leads the session, and stays: the kernel hangs up the terminal of a leader that ends. It must not end
        // with the process at Ctrl-C, and what it traps is not inherited.
        var whole = $"trap : HUP INT QUIT TERM TSTP; {script}; printf '\\033]9;{Ended}%s\\a' $?; exec cat >/dev/null";
        string[] arguments =
            ["-c", "exec setsid --ctty sh -c \"$1\" <\"$2\" >\"$2\" 2>\"$2\"", "sh", whole, _terminal.Path];
        var start = new ProcessStartInfo("sh", arguments);
        foreach (var name in start.Environment.Keys.Where(IsPersonal).ToArray()) { start.Environment.Remove(name); }
        start.Environment["HOME"] = home ?? _home!.Path;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        _leader = Process.Start(start)!; // null only for a process that is shared
        _reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
    }

    private const string Ended = "ended ";

    public const int SigHup = 1, SigInt = 2, SigQuit = 3, SigTerm = 15, SigCont = 18;

    private const nint DefaultHandler = 0;

    /// <summary>The terminal's settings and name.</summary>
    public PseudoTerminal Terminal => _terminal;

    /// <summary>Starts <c>jochat</c> on a terminal.</summary>
    public static TerminalProcess StartChat(
        int port, string[] arguments, string? home = null, int columns = 80, int rows = 24)
    {
        string[] all = [.. arguments, "--port", port.ToString(CultureInfo.InvariantCulture), "--timeout", "50"];
        return new TerminalProcess(ChatCommandLine(all), home, columns, rows);
    }

    /// <summary>Starts any command on a terminal, such as a shell.</summary>
    public static TerminalProcess Start(string script, string? home = null, int columns = 80, int rows = 24) =>
        new(script, home, columns, rows);

    /// <summary>What to type into a shell to start <c>jochat</c>.</summary>
    public static string ChatCommandLine(params string[] arguments)
    {
        string[] words = ["dotnet", Path.Combine(AppContext.BaseDirectory, "jochat.dll"), .. arguments];
        return string.Join(' ', words.Select(word => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
    }

    /// <summary>The process that was started; it must still run.</summary>
    public int ProcessId => int.Parse(
        File.ReadAllText($"/proc/{_leader.Id}/task/{_leader.Id}/children").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Types a text, all at once.</summary>
    public Task TypeAsync(string text) => TypeAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Types bytes, all at once.</summary>
    public Task TypeAsync(byte[] bytes) => _terminal.Stream.WriteAsync(bytes).AsTask().OrFail();

    /// <summary>Types keys one after the other, as a person does: each has had its effect on the screen before the next
    /// is pressed. Only for keys that change the screen.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            Task changed;
            lock (_gate) { changed = _changed.Task; }
            await TypeAsync(key);
            await changed.OrFail();
        }
    }

    /// <summary>Gives the terminal another size.</summary>
    public void Resize(int columns, int rows)
    {
        lock (_gate) { _screen.Resize(columns, rows); }
        _terminal.Resize(columns, rows);
    }

    /// <summary>Sends a signal to the process.</summary>
    public void Signal(int signal) => Assert.Equal(0, Kill(ProcessId, signal));

    /// <summary>Waits until the screen is as wanted.</summary>
    public async Task SeeAsync(Func<FakeScreen, bool> isWanted, string description)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isWanted(_screen)) { return; }
                changed = _changed.Task;
            }
            var ended = await Task.WhenAny(changed, _reading, Task.Delay(Watchdog.Patience));
            if (ended == changed) { continue; }
            if (ended == _reading) { await _reading; } // throws what the screen did not understand
            Assert.Fail($"Never saw {description} but:\n{ScreenText()}");
        }
    }

    /// <summary>Waits until a row holds one of these texts.</summary>
    public Task SeeAsync(params string[] texts) => SeeAsync(
        screen => screen.Rows.Any(row => texts.Any(text => row.Contains(text, StringComparison.Ordinal))),
        string.Join(" or ", texts));

    /// <summary>Waits until the cursor's row, the one being typed, is this, without blanks at its end.</summary>
    public Task SeeLineAsync(string line) =>
        SeeAsync(screen => screen.CursorLine == line, $"\"{line}\" where the cursor is");

    /// <summary>The rows now, joined by newlines, what has scrolled out included.</summary>
    public string ScreenText()
    {
        lock (_gate) { return string.Join('\n', _screen.Rows); }
    }

    /// <summary>Looks at the screen.</summary>
    public T Look<T>(Func<FakeScreen, T> at)
    {
        lock (_gate) { return at(_screen); }
    }

    /// <summary>All that was written so far, sequences and all.</summary>
    public string Written()
    {
        lock (_gate) { return _written.ToString(); }
    }

    /// <summary>Waits for the end of the process; the screen shows all that it has written.</summary>
    /// <returns>Its exit code, or 128 and the signal that ended it.</returns>
    public async Task<int> EndAsync()
    {
        await SeeAsync(screen => screen.Notifications.Any(IsEnd), "the end of the process");
        return int.Parse(Look(screen => screen.Notifications.First(IsEnd))[Ended.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the leader of the session alone, and with that its terminal.</summary>
    public void HangUp() => _leader.Kill();

    public async ValueTask DisposeAsync()
    {
        _leader.Kill(entireProcessTree: true);
        await _leader.WaitForExitAsync();
        _terminal.CloseSlave();
        await _reading.OrFail();
        _leader.Dispose();
        _terminal.Dispose();
        _home?.Dispose();
    }

    private static bool IsEnd(string notification) => notification.StartsWith(Ended, StringComparison.Ordinal);

    private static bool IsPersonal(string name) =>
        name.StartsWith("XDG_", StringComparison.Ordinal) || name.StartsWith("JOCHAT", StringComparison.Ordinal)
        || name is "NO_COLOR";

    private void Read()
    {
        var bytes = new byte[4096];
        var characters = new char[4096];
        var decoder = Encoding.UTF8.GetDecoder();
        while (ReadMaster(bytes) is > 0 and var count)
        {
            var length = decoder.GetChars(bytes.AsSpan(0, count), characters, flush: false);
            lock (_gate)
            {
                _written.Append(characters, 0, length);
                _screen.Write(characters, 0, length);
                _changed.SetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private int ReadMaster(byte[] bytes)
    {
        try
        {
            return _terminal.Stream.Read(bytes);
        }
        catch (IOException)
        {
            return 0; // so says a pseudo-terminal whose session has ended
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
