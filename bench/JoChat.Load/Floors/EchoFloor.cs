using System.Text;

namespace JoChat.Load;

/// <summary>The same senders against a server that only sends back: what the listener, the sockets and this generator
/// leave for anyone. Every chat message is one frame to the server and, with a recipient online, two from it; an echo
/// is one each way.</summary>
internal static class EchoFloor
{
    public static async Task<RunResult> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        var first = Requests.Send("s0000", "r0000", NumberedText.Blank());
        var answer = Encoding.ASCII.GetBytes("""{"msg_type":"send_message","data":{"sender":"s0000",""");
        var stage = new Stage();
        await using var server = await ChildProcess.StartAsync("jochat-load.dll", "echo-server");
        var connections = new List<LoadConnection>();
        try
        {
            var senders = new List<Sender>();
            for (var i = 0; i < options.Pairs; i++)
            {
                var connection = LoadConnection.Connect(server.Port, new Dialog());
                connections.Add(connection);
                var sender = new Sender(connection, stage, new Letters("s0000", ["r0000"]), answer, options.InFlight);
                connection.HandTo(sender);
                senders.Add(sender);
            }
            foreach (var connection in connections) { connection.Send(first); }
            var result = await new ClosedLoop(stage, senders, []).MeasureAsync(
                server.Process, options.Duration, long.MaxValue, cancellation);
            return new RunResult([.. Figures(result)], stage.Faults);
        }
        finally
        {
            foreach (var connection in connections) { connection.Dispose(); }
        }
    }

    private static IEnumerable<Figure> Figures(LoopResult result)
    {
        string[] rates = ["delivered", "acknowledged", "stored", "drained"];
        string[] cpus = ["server CPU", "server CPU, storing", "server CPU, draining"];
        return
        [
            .. rates.Select(name => Figure.Rate(name, result.Answered, result.Spent.Seconds)),
            Figure.Rate("frames in and out", 2 * result.Answered, result.Spent.Seconds),
            .. Figure.Latencies("ack", result.AnswerLatency),
            .. Figure.Latencies("end to end", result.AnswerLatency),
            .. cpus.Select(name => Figure.Cpu(name, result.Spent.ServerCpu, result.Answered)),
            Figure.Memory("server memory", result.Spent.To.MemoryBytes),
            Figure.Memory("server memory, peak", result.Spent.To.PeakMemoryBytes),
            Figure.Cpu("generator CPU", result.Spent.OwnCpu, result.Answered),
            new("other CPU", "cores", result.Spent.OtherCores),
        ];
    }
}
