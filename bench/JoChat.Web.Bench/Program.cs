using System.CommandLine;
using JoChat.Web.Bench;
using Microsoft.Playwright;

var parsed = WebCommandLine.Create().Parse(args);
if (parsed.Errors.Count > 0) { return Fail(2, parsed.Errors.Select(error => error.Message)); }
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10), // to end the child processes
    });
}
catch (Exception fault) when (fault is LoadFailedException or PlaywrightException or IOException or TimeoutException
    or OperationCanceledException)
{
    return Fail(1, [fault.Message]);
}

static int Fail(int status, IEnumerable<string> faults)
{
    foreach (var fault in faults) { Console.Error.WriteLine($"jochat-web-bench: {fault}"); }
    return status;
}
