using System.Runtime.InteropServices;

namespace JoChat.Gateway;

/// <summary>Reads the settings of a running server again when it gets SIGHUP. What has a fault is refused as a whole.</summary>
internal sealed partial class SettingsReload(
    SettingsSource source, RunningSettings running, ProcessLog log, CertificateFile? certificate)
{
    private readonly Lock _lock = new(); // a signal may come while another is still served
    private readonly bool _hasTerminal = !Console.IsInputRedirected && !IsTerminalGone();
    private readonly ILogger _logger = log.Loggers.CreateLogger("JoChat.Gateway.Settings");

    /// <summary>Waits for the signal.</summary>
    /// <returns>What ends this; null where there is no such signal.</returns>
    public IDisposable? OnSignal() => OperatingSystem.IsWindows() // there it says that the console is closed
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            if (_hasTerminal && IsTerminalGone()) { return; } // who closes the window ends what runs in it
            signal.Cancel = true;
            Reload();
        });

    /// <summary>Reads them again, and tells in the log what came of it.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            try
            {
                var faults = Try(out var change);
                foreach (var fault in faults) { Log.Refused(_logger, fault); }
                if (change is not null) { Tell(change); }
            }
#pragma warning disable CA1031 // what goes out of a signal's handler ends the process, which can go on with the old settings
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.Refused(_logger, fault.Message);
            }
        }
    }

    private static bool IsTerminalGone()
    {
        try
        {
            File.OpenHandle("/dev/tty").Dispose();
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private IReadOnlyList<string> Try(out SettingsChange? change)
    {
        change = null;
        try
        {
            var read = Settings.Read(source.Read(), out var faults);
            if (faults.Count > 0) { return faults; }
            var possible = SettingsChange.Of(running.Current, read, out faults);
            if (faults.Count > 0) { return faults; }
            if (possible.Next.Gateway.Tls is { } files) { certificate?.Use(files); } // before all else: it may fail
            running.Change(possible.Next);
            log.Change(possible.Next.Log);
            change = possible;
            return [];
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or FileNotFoundException)
        {
            return [(fault.InnerException ?? fault).Message];
        }
    }

    private void Tell(SettingsChange change)
    {
        if (change.Changed.Count > 0) { Log.Changed(_logger, string.Join(", ", change.Changed)); }
        else { Log.Unchanged(_logger); }
        if (change.NeedRestart.Count > 0) { Log.NeedRestart(_logger, string.Join(", ", change.NeedRestart)); }
    }

    private static partial class Log
    {
        [LoggerMessage(4061, LogLevel.Information, "The settings were read again; changed: {Settings}")]
        public static partial void Changed(ILogger logger, string settings);

        [LoggerMessage(4062, LogLevel.Information, "The settings were read again; none has changed that could now")]
        public static partial void Unchanged(ILogger logger);

        [LoggerMessage(4063, LogLevel.Warning, "The server goes by these from its next start on: {Settings}")]
        public static partial void NeedRestart(ILogger logger, string settings);

        [LoggerMessage(4064, LogLevel.Error, "The settings were read again and are refused, the old ones stay: {Fault}")]
        public static partial void Refused(ILogger logger, string fault);
    }
}
