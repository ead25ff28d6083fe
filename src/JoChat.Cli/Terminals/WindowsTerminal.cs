using System.Runtime.InteropServices;
using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>The console of Windows 10 and later, which speaks the sequences of terminals if asked.</summary>
internal sealed class WindowsTerminal : ITerminalDevice
{
    private const int Input = -10, Output = -11; // STD_INPUT_HANDLE and so on
    private const uint ProcessedOutput = 0x1, ProcessOutputSequences = 0x4, SendSequences = 0x200;

    // Guards the modes.
    private readonly Lock _gate = new();
    private readonly char[] _characters = new char[1024];
    private readonly Encoder _encoder = new UTF8Encoding(false).GetEncoder();
    private (uint Input, uint Output)? _saved;

    // Windows tells neither; the next key draws the line.
    event Action? ITerminalDevice.Resized { add { } remove { } }

    event Action? ITerminalDevice.Continued { add { } remove { } }

    /// <inheritdoc/>
    public (int Columns, int Rows) Size => (Console.WindowWidth, Console.WindowHeight);

    /// <inheritdoc/>
    public int Read(byte[] bytes)
    {
        var room = (uint)Math.Min(_characters.Length, bytes.Length / 3); // a UTF-16 unit has at most 3 bytes
        var count = 0;
        while (count == 0) // half a surrogate pair gives nothing yet
        {
            if (!ReadConsole(Handle(Input), _characters, room, out var read, 0) || read == 0) { return 0; }
            count = _encoder.GetBytes(_characters.AsSpan(0, (int)read), bytes, flush: false);
        }
        return count;
    }

    /// <inheritdoc/>
    public bool TrySetRaw()
    {
        lock (_gate)
        {
            if (!GetMode(Handle(Input), out var input) || !GetMode(Handle(Output), out var output)) { return false; }
            _saved ??= (input, output);
            _ = SetMode(Handle(Input), SendSequences);
            return SetMode(Handle(Output), output | ProcessedOutput | ProcessOutputSequences);
        }
    }

    /// <inheritdoc/>
    public void Restore()
    {
        lock (_gate)
        {
            if (_saved is not { } saved) { return; }
            _saved = null;
            _ = SetMode(Handle(Input), saved.Input);
            _ = SetMode(Handle(Output), saved.Output);
        }
    }

    /// <inheritdoc/>
    public TextReader OpenInput() => Console.In;

    /// <inheritdoc/>
    public TextWriter OpenScreen(bool isError) => isError ? Console.Error : Console.Out;

    /// <inheritdoc/>
    public void DiscardInput() => _ = Flush(Handle(Input));

    /// <inheritdoc/>
    public void Stop()
    {
        // There is no such thing here.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    /// <inheritdoc/>
    public void Interrupt(bool isQuit) => _ = SendControl(isQuit ? 1u : 0u, 0);

    [DllImport("kernel32", EntryPoint = "GetStdHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Handle(int which);

    [DllImport("kernel32", EntryPoint = "GetConsoleMode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetMode(nint handle, out uint mode);

    [DllImport("kernel32", EntryPoint = "SetConsoleMode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetMode(nint handle, uint mode);

    [DllImport("kernel32", EntryPoint = "FlushConsoleInputBuffer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Flush(nint handle);

    [DllImport("kernel32", EntryPoint = "ReadConsoleW", CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ReadConsole(nint handle, [Out] char[] buffer, uint count, out uint read, nint control);

    [DllImport("kernel32", EntryPoint = "GenerateConsoleCtrlEvent")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SendControl(uint kind, uint group);
}
