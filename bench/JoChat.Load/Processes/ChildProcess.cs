using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace JoChat.Load;

/// <summary>A server that runs as a process of its own, from this program's folder.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private readonly StringBuilder _errors = new();

    private ChildProcess(Process process) => Process = process;

    public Process Process { get; }

    public int Port { get; private set; }

    /// <summary>Starts a program and waits until its first line tells its port: "… ADDRESS:PORT" or
    /// "… ADDRESS:PORT; …".</summary>
    /// <param name="program">Its file in this program's folder.</param>
    /// <param name="arguments">What it is given.</param>
    /// <exception cref="LoadFailedException">It ended instead.</exception>
    public static async Task<ChildProcess> StartAsync(string program, params string[] arguments)
    {
        var child = Launch(Path.Combine(AppContext.BaseDirectory, program), arguments);
        var line = await child.Process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
        {
            await child.DisposeAsync();
            throw new LoadFailedException($"{program} did not start: {child._errors}");
        }
        var address = line.Split(';')[0];
        child.Port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        return child;
    }

    /// <summary>Whether this is a Release build: figures of any other mean nothing.</summary>
    public static bool IsRelease => Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration == "Release";

    /// <summary>Asks it to stop, and ends it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited && Kill(Process.Id, SigTerm) == 0)
        {
            try
            {
                await Process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                await Console.Error.WriteLineAsync(
                    $"A server did not stop within {Patience} and was killed; it said: {_errors}");
                Process.Kill();
            }
        }
        Process.Dispose();
    }

    private static ChildProcess Launch(string path, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardInput = true, // its end tells the echo server that this program is gone
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in LoadConnection.OneThread.Keys) { start.Environment.Remove(name); }
        var child = new ChildProcess(new Process { StartInfo = start });
        child.Process.ErrorDataReceived += (_, line) =>
        {
            lock (child._errors) { child._errors.AppendLine(line.Data); }
        };
        child.Process.Start();
        child.Process.BeginErrorReadLine();
        return child;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
