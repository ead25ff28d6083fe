using JoChat.Benchmarks;

// The actor engine against channels doing the same, and the codecs against each other and System.Text.Json, all in this
// process and in turns: read the ratios, not the times.
// usage: JoChat.Benchmarks [name of a load, or a part of it]
//        JoChat.Benchmarks endurance
if (args is ["endurance"]) { return await EnduranceRun.Run(); }
var wanted = args.Length == 0 ? "" : args[0];
using var system = ActorSystem.Create("bench");
Comparison[] all =
[
    new("tell, 1 producer", 0.9, new TellLoad(system, producers: 1)),
    new("tell, 8 producers", 0.8, new TellLoad(system, producers: 8)),
    new("ping-pong, 1 pair", 2.5, new PingPongLoad(system, pairs: 1)),
    new("ping-pong, 8 pairs", 2.5, new PingPongLoad(system, pairs: 8)),
    new("ask, sequential", 0.8, new AskLoad(system, inFlight: 1)),
    new("ask, 100 in flight", 0.6, new AskLoad(system, inFlight: 100)),
    new("ReceiveAsync, completed", 0.6, new AsyncLoad(system, yields: false)),
    new("ReceiveAsync, after a yield", 0.6, new AsyncLoad(system, yields: true)),
    new("spawn", 1.0, new SpawnLoad(system)),
    new("timers", null, new TimersLoad(system)),
];

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
Console.WriteLine($"{"load",-28} {"engine/s",12} {"channels/s",12} {"ratio",7} {"target",7}");
foreach (var comparison in all.Where(comparison => comparison.Name.Contains(wanted, StringComparison.Ordinal)))
{
    Console.WriteLine(await comparison.Run());
}

if ("codec".Contains(wanted, StringComparison.Ordinal)) { Console.WriteLine(new CodecComparison().Run()); }
if ("memory".Contains(wanted, StringComparison.Ordinal)) { Console.WriteLine(await new MemoryLoad(system).Run()); }

return 0;
