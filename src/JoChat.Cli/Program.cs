using System.Runtime.InteropServices;
using JoChat.Cli;

var environment = CliEnvironment.OfProcess();
var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = true; // the code below ends the process, with its own exit code
    interrupted.TrySetResult();
});

var running = CliCommandLine.RunAsync(args, environment, CancellationToken.None);
if (await Task.WhenAny(running, interrupted.Task) == running) { return await running; }

// At once, whatever is going on: nothing is half done here that the server would not clean up by itself.
environment.Error.WriteLine();
return ExitCode.Interrupted;
