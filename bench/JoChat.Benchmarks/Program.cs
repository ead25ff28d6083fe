using JoChat.Benchmarks;

// The codecs against each other and System.Text.Json, all in this process and in turns: read the ratios, not the times.
Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
Console.WriteLine(new CodecComparison().Run());
