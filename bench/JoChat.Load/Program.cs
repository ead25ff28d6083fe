using System.CommandLine;
using System.Net.Sockets;
using JoChat.Load;
using JoChat.Storage;

var parsed = new CommandLine().Create(RunAsync).Parse(args);
if (parsed.Errors.Count > 0) { return Fail(2, parsed.Errors.Select(error => error.Message)); }
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10), // to end the child processes
    });
}
catch (Exception fault) when (fault is LoadFailedException or IOException or SocketException or StorageException
    or TimeoutException or OperationCanceledException)
{
    return Fail(1, [fault.Message]);
}

static async Task<int> RunAsync(string workload, LoadOptions options, CancellationToken cancellation)
{
    if (!ChildProcess.IsRelease) { return Fail(2, ["measure a Release build: dotnet run -c Release …"]); }
    LoadConnection.UseOneThread();
    var (chat, echo, commit) = (new List<RunResult>(), new List<RunResult>(), new List<RunResult>());
    for (var run = 1; run <= options.Runs; run++)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"{workload}, run {run} of {options.Runs}"));
        chat.Add(workload == "away"
            ? await new Away(options).RunAsync(cancellation)
            : await new Throughput(options).RunAsync(cancellation));
        echo.Add(await EchoFloor.RunAsync(options, cancellation));
        commit.Add(CommitFloor.Run(options, cancellation));
    }
    var report = new Report(Title(workload, options), chat, echo, commit);
    TableWriter.Write(report, Console.Out);
    await JsonWriter.WriteAsync(report, options, cancellation);
    return report.Faults.Count == 0 ? 0 : 1;
}

static string Title(string workload, LoadOptions options) => workload == "away"
    ? FormattableString.Invariant($"away: {options.Messages} messages, {options.InFlight} in flight")
    : FormattableString.Invariant(
        $"throughput: {options.Pairs} pairs, {options.InFlight} in flight each, {options.Duration.TotalSeconds} s");

static int Fail(int status, IEnumerable<string> faults)
{
    foreach (var fault in faults) { Console.Error.WriteLine($"jochat-load: {fault}"); }
    return status;
}
