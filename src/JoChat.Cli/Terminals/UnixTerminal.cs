using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JoChat.Cli.Terminals;

/// <summary>The terminal on Linux and macOS, without .NET's console, which would write sequences of its own to the screen,
/// replace what is no text and keep its own idea of the settings.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixTerminal : ITerminalDevice
{
    private const int Input = 0, Output = 1, Error = 2;
    private const int LongestSettings = 256; // bytes of struct termios, which is never looked into; 72 on macOS
    private const int AtOnce = 0; // TCSANOW: output that is not taken must not keep the process
    private const int SignalInterrupt = 2, SignalQuit = 3;
    private const nint IgnoreHandler = 1;
    private const int NoOwner = -1;
    private const int Interrupted = 4; // EINTR
    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11; // EAGAIN
    private static readonly int SignalStop = OperatingSystem.IsMacOS() ? 18 : 20; // SIGTSTP
    private static readonly nuint GetWindowSize = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    // Guards the settings: signals come on threads of their own.
    private readonly Lock _gate = new();
    private byte[]? _saved;

    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Listens to the signals of the terminal.</summary>
    public UnixTerminal() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resized?.Invoke()),
        PosixSignalRegistration.Create(PosixSignal.SIGCONT, context =>
        {
            context.Cancel = true; // or .NET sets the terminal to what it was at the start
            Continued?.Invoke();
        }),
    ];

    /// <inheritdoc/>
    public event Action? Resized;

    /// <inheritdoc/>
    public event Action? Continued;

    /// <inheritdoc/>
    public (int Columns, int Rows) Size
    {
        get
        {
            var size = new ushort[4];
            foreach (var descriptor in new[] { Output, Error, Input })
            {
                // On Apple's ARM64 variable arguments are passed behind the eighth; elsewhere this is the third.
                if (Control(descriptor, GetWindowSize, size, 0, 0, 0, 0, 0, size) == 0 && size[1] > 0)
                {
                    return (size[1], Math.Max((int)size[0], 1));
                }
            }
            return (80, 24);
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] bytes)
    {
        while (true)
        {
            var count = Read(Input, bytes, (nuint)bytes.Length);
            if (count >= 0) { return (int)count; }
            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) { continue; }
            // Somebody may have made the terminal non-blocking; then it is waited for.
            if (error != TryAgain || Poll([new PollRequest { Descriptor = Input, Events = 1 }], 1, -1) < 0) { return 0; }
        }
    }

    /// <inheritdoc/>
    public bool TrySetRaw()
    {
        lock (_gate)
        {
            var settings = new byte[LongestSettings];
            // In the background it would stop the process; when it comes to the foreground, this is called again.
            if (ForegroundGroup(Input) is not NoOwner and var owner && owner != OwnGroup()) { return false; }
            if (GetSettings(Input, settings) != 0) { return false; }
            _saved ??= [.. settings];
            MakeRaw(settings);
            return SetSettings(Input, AtOnce, settings) == 0;
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _ = Flush(Input, OperatingSystem.IsMacOS() ? 1 : 0);

    /// <inheritdoc/>
    public void Restore()
    {
        lock (_gate)
        {
            if (_saved is not { } settings) { return; }
            _saved = null;
            _ = SetSettings(Input, AtOnce, settings);
        }
    }

    /// <inheritdoc/>
    public TextReader OpenInput() => new StreamReader(
        Open(Input, FileAccess.Read), new UTF8Encoding(false, throwOnInvalidBytes: true), false);

    /// <inheritdoc/>
    public TextWriter OpenScreen(bool isError) => TextWriter.Synchronized(
        new StreamWriter(Open(isError ? Error : Output, FileAccess.Write), new UTF8Encoding(false)) { AutoFlush = true });

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);

    /// <inheritdoc/>
    public void Stop()
    {
        var before = SetHandler(SignalStop, IgnoreHandler);
        if (before == IgnoreHandler) { return; } // the shell has no job control
        _ = Kill(0, SignalStop); // the others of a pipeline, while this process does not hear it
        _ = SetHandler(SignalStop, before);
        _ = Raise(SignalStop); // at once, while one to the process could be taken by another thread a moment later
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals) { signal.Dispose(); }
    }

    /// <inheritdoc/>
    public void Interrupt(bool isQuit) => _ = Kill(Environment.ProcessId, isQuit ? SignalQuit : SignalInterrupt);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int descriptor, [Out] byte[] bytes, nuint count);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] PollRequest[] requests, nuint count, int timeout);

    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetSettings(int descriptor, [Out] byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSettings(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "tcflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor, int queue);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void MakeRaw([In, Out] byte[] settings);

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ForegroundGroup(int descriptor);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OwnGroup();

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(
        int descriptor, nuint request, [In, Out] ushort[] size, nint a, nint b, nint c, nint d, nint e, [In, Out] ushort[] same);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetHandler(int signal, nint handler);

    [DllImport("libc", EntryPoint = "raise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Raise(int signal);
}
