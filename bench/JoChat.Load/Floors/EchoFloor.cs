using System.Text;

namespace JoChat.Load;

/// <summary>The same senders against a server that only sends back: what the listener, the sockets and this generator
/// leave for anyone. Every chat message is one frame to the server and, with a recipient online, two from it; an echo
/// is one each way.</summary>
internal static class EchoFloor
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure

    public static async Task<RunResult> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        var first = Requests.Send("s0000", "r0000", NumberedText.Blank());
        var answer = Encoding.ASCII.GetBytes("""{"msg_type":"send_message","data":{"sender":"s0000",""");
        var state = new LoadState();
        await using var server = ServerProcess.Start("jochat-load.dll", ["echo-server"]);
        var port = await server.ListenAsync(StartTimeout, cancellation);
        var connections = new List<LoadConnection>();
        try
        {
            var senders = new List<ClosedLoopSender>();
            for (var i = 0; i < options.Pairs; i++)
            {
                var connection = LoadConnection.Connect(port, new RequestReply());
                connections.Add(connection);
                var sender = new ClosedLoopSender(
                    connection, state, new MessageFrames("s0000", ["r0000"]), answer, options.InFlight);
                connection.HandTo(sender);
                senders.Add(sender);
            }
            foreach (var connection in connections) { connection.Send(first); }
            var result = await new ClosedLoop(state, senders, []).MeasureAsync(
                [server.Process], options.Duration, long.MaxValue, cancellation);
            return new RunResult([.. Figures(result)], state.Faults);
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
            .. rates.Select(name => Figure.Rate(name, result.Answered, result.Usage.Seconds)),
            Figure.Rate("frames in and out", 2 * result.Answered, result.Usage.Seconds),
            .. Figure.Latencies("ack", result.AnswerLatency),
            .. Figure.Latencies("end to end", result.AnswerLatency),
            .. cpus.Select(name => Figure.Cpu(name, result.Usage.ServerCpu, result.Answered)),
            Figure.Memory("server memory", result.Usage.To.MemoryBytes),
            Figure.Memory("server memory, peak", result.Usage.To.PeakMemoryBytes),
            Figure.Cpu("generator CPU", result.Usage.OwnCpu, result.Answered),
            new("other CPU", "cores", result.Usage.OtherCores),
        ];
    }
}
