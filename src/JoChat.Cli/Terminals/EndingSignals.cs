using System.Runtime.InteropServices;

namespace JoChat.Cli.Terminals;

/// <summary>Ends the process by its own code when a signal would end it otherwise, so that the terminal can be given back.
/// </summary>
internal sealed class EndingSignals : IDisposable
{
    private const int Interrupt = 2;

    // Those that end a process by default and that it can answer. The names of .NET have no numbers of their own.
    private static readonly (PosixSignal Signal, int Number)[] Ending =
    [
        (PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, Interrupt), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15),
    ];

    // SIGUSR1, SIGUSR2, SIGALRM, SIGSTKFLT, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO and SIGPWR of Linux, and its
    // real-time signals but the first three, which are glibc's and .NET's.
    private static readonly int[] EndingOnLinux = [10, 12, 14, 16, 24, 25, 26, 27, 29, 30, .. Enumerable.Range(35, 30)];

    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];

    public EndingSignals()
    {
        foreach (var (signal, number) in Ending) { Register(signal, number); }
        if (!OperatingSystem.IsLinux()) { return; }
        foreach (var number in EndingOnLinux) { Register((PosixSignal)number, number); }
    }

    /// <summary>The exit code when there was a signal: 128 and its number, as shells count.</summary>
    public Task<int> Ended => _ended.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) { registration.Dispose(); }
    }

    private void Register(PosixSignal signal, int number) => _registrations.Add(
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true; // Program ends the process, with this exit code
            _ended.TrySetResult(128 + number);
        }));
}
