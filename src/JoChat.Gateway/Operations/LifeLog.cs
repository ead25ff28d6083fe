using System.Runtime.InteropServices;

namespace JoChat.Gateway;

/// <summary>Tells in the log when the server starts, when it stops, and why.</summary>
internal sealed partial class LifeLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("JoChat.Gateway");

    /// <summary>It serves.</summary>
    /// <param name="origin">Where its settings are from.</param>
    public void TellStart(string origin) =>
        Log.Started(_logger, ProgramVersion.Text, Environment.ProcessId, Environment.Version, origin);

    /// <summary>It has stopped.</summary>
    /// <param name="status">The exit status of the process.</param>
    /// <param name="fault">What went wrong; null: nothing.</param>
    public void TellEnd(int status, string? fault)
    {
        if (fault is null) { Log.Stopped(_logger, status); }
        else { Log.Failed(_logger, status, fault); }
    }

    /// <summary>Tells of the signals that ask it to stop; who obeys them is the host.</summary>
    /// <returns>What ends this.</returns>
    public IDisposable TellSignals()
    {
        PosixSignal[] asking = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        return new Registrations([.. asking.Select(signal => PosixSignalRegistration.Create(
            signal, context => Log.AskedToStop(_logger, context.Signal)))]);
    }

    private sealed class Registrations(IReadOnlyList<IDisposable> registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in registrations) { registration.Dispose(); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4041, LogLevel.Information,
            "JoChat {Version} has started, process {Process} on .NET {Runtime}; its settings are from {Origin}")]
        public static partial void Started(ILogger logger, string version, int process, Version runtime, string origin);

        [LoggerMessage(4042, LogLevel.Information, "Asked to stop by {Signal}")]
        public static partial void AskedToStop(ILogger logger, PosixSignal signal);

        [LoggerMessage(4043, LogLevel.Information, "Stopped, status {Status}")]
        public static partial void Stopped(ILogger logger, int status);

        [LoggerMessage(4044, LogLevel.Critical, "Stopped, status {Status}: {Fault}")]
        public static partial void Failed(ILogger logger, int status, string fault);
    }
}
