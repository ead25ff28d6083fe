using JoChat.Cli;
using JoChat.Cli.Handles;
using JoChat.Cli.Terminals;

StandardHandles.OccupyClosed();
var environment = CliEnvironment.OfProcess();
using var device = environment.Device;
AppDomain.CurrentDomain.UnhandledException += (_, _) => environment.CloseTerminal();
using var signals = new EndingSignals();

// Not on this thread: opening a file that a person names may wait for ever, and a signal must still end that.
var running = Task.Run(() => CliCommandLine.RunAsync(args, environment, CancellationToken.None));
var ended = await Task.WhenAny(running, signals.Ended);
environment.CloseTerminal();
if (ended == running) { return await running; }

// At once, whatever is going on: nothing is half done here that the server would not clean up by itself.
environment.Error.WriteLine(); // the keyboard's ^C may stand there
return await signals.Ended;
