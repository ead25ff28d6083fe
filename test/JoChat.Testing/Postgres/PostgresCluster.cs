using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JoChat.Testing;

/// <summary>A PostgreSQL server of a test's own, on a port of 127.0.0.1, with its files in a folder of its own. As root it
/// runs as the user postgres, because it refuses to run as root.</summary>
public sealed partial class PostgresCluster : IDisposable
{
    private const string User = "postgres"; // of the system
    private const string Administrator = "jochat";
    private const string Owner = "chat"; // of databases, and nothing else

    private const string Memory = "/dev/shm";

    private readonly string _folder;
    private readonly int _port = FreePort.Find();
    private readonly string[] _settings;
    private Process _server;
    private int _databases;

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="settings">Settings in addition to PostgreSQL's own, as <c>name=value</c>.</param>
    public PostgresCluster(params string[] settings)
        : this(Path.GetTempPath(), settings)
    {
    }

    private PostgresCluster(string parent, string[] settings)
    {
        _folder = Directory.CreateDirectory(Path.Combine(parent, $"jochat-postgres-{Guid.NewGuid():N}")).FullName;
        _settings = settings;
        MakeOwn();
        Run([.. Program("initdb"), "-D", Data, "-U", Administrator, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        _server = Start();
        Execute("postgres", $"CREATE ROLE {Owner} LOGIN");
    }

    private PostgresCluster(PostgresCluster primary)
    {
        _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"jochat-postgres-{Guid.NewGuid():N}")).FullName;
        _settings = primary._settings;
        MakeOwn();
        Run([.. Program("pg_basebackup"), "-h", "127.0.0.1", "-p", $"{primary.Port}", "-U", Administrator, "-D", Data, "-R",
            "-X", "stream", "--checkpoint=fast", "--no-sync"]);
        _server = Start();
    }

    /// <summary>The same with its files in memory, where there is such a place: for many small tests that lose no power.
    /// </summary>
    public static PostgresCluster InMemory() => new(
        Directory.Exists(Memory) ? Memory : Path.GetTempPath(), ["shared_buffers=16MB", "max_connections=50"]);

    /// <summary>Where it listens.</summary>
    public int Port => _port;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public string CreateDatabase()
    {
        var name = $"jochat{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE DATABASE {name} OWNER {Owner}");
        return ConnectTo(name);
    }

    /// <summary>Makes an empty schema, which takes less time, in a database that is shared.</summary>
    /// <returns>How to connect to it.</returns>
    public string CreateSchema()
    {
        var name = $"schema{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE SCHEMA {name} AUTHORIZATION {Owner}");
        return $"{ConnectTo("postgres")};Search Path={name}";
    }

    /// <summary>Runs SQL, as the administrator.</summary>
    /// <returns>What psql prints of it: rows, with | between columns.</returns>
    public string Execute(string database, string sql) => Run(
        Path.Combine(PostgresPrograms.Folder!, "psql"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", Administrator, "-d",
        database, "-v", "ON_ERROR_STOP=1", "-q", "-A", "-t", "-c", sql).TrimEnd('\n');

    /// <summary>Starts it again on its files, after <see cref="Kill"/> or <see cref="Stop"/>.</summary>
    public void Restart()
    {
        _server.Dispose();
        _server = Start();
    }

    /// <summary>Ends it as <c>kill -9</c> does. Its other processes see that and end; until then none can start.</summary>
    public void Kill()
    {
        string[] children = [.. Children()];
        Signal("KILL");
        foreach (var child in children) { AwaitEnd(int.Parse(child, CultureInfo.InvariantCulture)); }
    }

    /// <summary>Ends it in order, and its clients' connections with it.</summary>
    public void Stop() => Signal("INT");

    /// <summary>From now on a commit waits until a standby has it.</summary>
    public void AwaitStandbys()
    {
        Execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        Execute("postgres", "SELECT pg_reload_conf()");
    }

    /// <summary>Makes a server that follows this one. A copy has its settings too.</summary>
    public PostgresCluster CreateStandby() => new(this);

    /// <summary>Makes a standby a server of its own.</summary>
    public void Promote() => Execute("postgres", "SELECT pg_promote()");

    /// <summary>Lets all its processes stand still.</summary>
    public void Pause() => SignalAll("STOP");

    /// <summary>Lets them go on.</summary>
    public void Resume() => SignalAll("CONT");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_server.HasExited) { Signal("QUIT"); }
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>How to connect to a database.</summary>
    public string ConnectTo(string database) =>
        FormattableString.Invariant($"Host=127.0.0.1;Port={_port};Username={Owner};Database={database}");

    private void Signal(string signal)
    {
        Run("kill", "-" + signal, $"{_server.Id}");
        _server.WaitForExit();
    }

    // A process that was begun between the looking and the signal is stopped with its parent: it waits for it.
    private void SignalAll(string signal)
    {
        Run("kill", "-" + signal, $"{_server.Id}");
        foreach (var child in Children())
        {
            using var kill = Process.Start("kill", ["-" + signal, child]); // it may have ended
            kill.WaitForExit();
        }
    }

    private IEnumerable<string> Children() =>
        Directory.GetDirectories("/proc").Select(path => Path.GetFileName(path)).Where(IsChild);

    private static void AwaitEnd(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            running.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private bool IsChild(string process)
    {
        if (!int.TryParse(process, out _)) { return false; }
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{_server.Id}";
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    private Process Start()
    {
        string[] own = [$"port={_port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", .. _settings];
        string[] command =
            [.. Program("postgres"), "-D", Data, .. own.SelectMany(setting => (string[])["-c", setting])];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        var server = Process.Start(start)!; // null only for a process that is shared
        var ready = new TaskCompletionSource();
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) { ready.TrySetException(new InvalidOperationException("PostgreSQL does not start.")); }
            else if (Ready().IsMatch(line.Data)) { ready.TrySetResult(); }
        };
        server.BeginErrorReadLine();
        ready.Task.GetAwaiter().GetResult();
        return server;
    }

    // As root it runs as another user, whose files they must be.
    private void MakeOwn()
    {
        if (Environment.IsPrivilegedProcess) { Run("chown", User, _folder); }
    }

    [GeneratedRegex("ready to accept (read-only )?connections$")]
    private static partial Regex Ready();

    private static string[] Program(string name)
    {
        var path = Path.Combine(PostgresPrograms.Folder!, name);
        return Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", path] : [path];
    }

    private static string Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!; // null only for a process that is shared
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output : throw new InvalidOperationException($"{string.Join(' ', command)}: {error.Result}");
    }
}
