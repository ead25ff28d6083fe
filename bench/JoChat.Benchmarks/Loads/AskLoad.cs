using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Questions that are answered with themselves, some at a time.</summary>
internal sealed class AskLoad(ActorSystem system, int inFlight) : ILoad
{
    private static readonly object Question = new();

    public int Operations => 300_000;

    public async Task RunOnActors()
    {
        var answerer = system.ActorOf(Props.Create(() => new Answerer()));
        await AskAll(() => answerer.Ask<object>(Question));
        system.Stop(answerer);
    }

    public async Task RunOnChannels()
    {
        var channel = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
        var answering = Answer(channel.Reader);
        await AskAll(() =>
        {
            var request = new Request(Question);
            channel.Writer.TryWrite(request);
            return request.Answer.Task;
        });
        channel.Writer.Complete();
        await answering;
    }

    private Task AskAll(Func<Task<object>> ask) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ =>
        Task.Run(async () =>
        {
            for (var i = 0; i < Operations / inFlight; i++) { await ask(); }
        })));

    private static async Task Answer(ChannelReader<Request> requests)
    {
        await foreach (var request in requests.ReadAllAsync()) { request.Answer.SetResult(request.Question); }
    }

    private sealed class Request(object question)
    {
        public object Question => question;

        public TaskCompletionSource<object> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Answerer : ReceiveActor
    {
        public Answerer() => Receive<object>(question => Sender.Tell(question, Self));
    }
}
