using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Messages to an offline recipient, and then all of them at once when he logs in.</summary>
internal sealed class AwayWorkload(LoadOptions options)
{
    private const int WarmUpMessages = 20_000; // to an account of its own, so that what is measured is compiled code
    private readonly LoadState _state = new();

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        await using var server = await ChatServer.StartAsync(folder);
        await StoreAsync(server, "warm", WarmUpMessages, cancellation);
        await DrainAsync(server, "warm", WarmUpMessages, cancellation);

        _state.IsCounting = true;
        var stored = await StoreAsync(server, "real", options.Messages, cancellation);
        var drained = await DrainAsync(server, "real", options.Messages, cancellation);
        return new RunResult([.. Figures(stored, drained)], _state.Faults);
    }

    private async Task<(ClosedLoopSender Sender, UsageDelta Usage)> StoreAsync(
        ChatServer server, string name, int count, CancellationToken cancellation)
    {
        await server.SignUpAsync($"r{name}");
        var connection = await server.LogInAsync($"s{name}", wantsPush: false);
        var messages = new MessageFrames($"s{name}", [$"r{name}"]);
        var sender = new ClosedLoopSender(connection, _state, messages, ChatServer.Stored, options.InFlight, count);
        connection.HandTo(sender);

        var before = ProcessUsage.Of(server.Process);
        connection.Send(Requests.CountUnread());
        await Polling.UntilAsync(
            () => _state.HasFailed || sender.Answered == count, Longest(count), cancellation);
        return sender.Answered == count
            ? (sender, new UsageDelta(before, ProcessUsage.Of(server.Process)))
            : throw _state.Broken($"{sender.Answered} of {count} messages were acknowledged");
    }

    private async Task<(Recipient Recipient, long BeganAt, UsageDelta Usage)> DrainAsync(
        ChatServer server, string name, int count, CancellationToken cancellation)
    {
        var dialog = new RequestReply();
        var connection = server.Connect(dialog);
        await dialog.AskAsync(connection, Requests.AskForPush());
        var recipient = new Recipient(_state);
        connection.HandTo(recipient);

        var before = ProcessUsage.Of(server.Process);
        var beganAt = Stopwatch.GetTimestamp();
        connection.Send(Requests.LogIn($"r{name}"));
        await Polling.UntilAsync(
            () => _state.HasFailed || recipient.Received >= count, Longest(count), cancellation);
        var usage = new UsageDelta(before, ProcessUsage.Of(server.Process));

        // What would come twice comes before the answer to this.
        connection.Send(Requests.CountUnread());
        await Polling.UntilAsync(() => _state.HasFailed || recipient.IsFenced, Polling.Timeout, cancellation);
        return recipient.Received == count && recipient.IsFenced
            ? (recipient, beganAt, usage)
            : throw _state.Broken($"{recipient.Received} of {count} messages were drained");
    }

    private static TimeSpan Longest(int messages) => Polling.Timeout + TimeSpan.FromMilliseconds(10) * messages;

    private static IEnumerable<Figure> Figures(
        (ClosedLoopSender Sender, UsageDelta Usage) stored,
        (Recipient Recipient, long BeganAt, UsageDelta Usage) drained)
    {
        var (sender, recipient) = (stored.Sender, drained.Recipient);
        var count = sender.Answered;
        var storing = Stopwatch.GetElapsedTime(sender.BeganAt, sender.LastAt).TotalSeconds;
        var draining = Stopwatch.GetElapsedTime(drained.BeganAt, recipient.LastAt).TotalSeconds;
        return
        [
            Figure.Rate("stored", count, storing),
            .. Figure.Latencies("ack", sender.Latency),
            Figure.Rate("drained", count, draining),
            new("first message after login", "ms", Figure.Milliseconds(recipient.FirstAt - drained.BeganAt)),
            Figure.Cpu("server CPU, storing", stored.Usage.ServerCpu, count),
            Figure.Cpu("server CPU, draining", drained.Usage.ServerCpu, count),
            Figure.Memory("server memory, peak", drained.Usage.To.PeakMemoryBytes),
            Figure.Cpu("generator CPU", stored.Usage.OwnCpu + drained.Usage.OwnCpu, count),
            new("other CPU", "cores", stored.Usage.OtherCores),
            .. Figure.BusiestThreads(stored.Usage),
        ];
    }
}
