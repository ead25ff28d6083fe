using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Messages for somebody who is not there, and then all of them at once when he comes.</summary>
internal sealed class Away(LoadOptions options)
{
    private const int WarmUpMessages = 20_000; // to an account of its own, so that what is measured is compiled code
    private readonly Stage _stage = new();

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = new DiskFolder(options.Folder);
        await using var server = await ChatServer.StartAsync(folder);
        await StoreAsync(server, "warm", WarmUpMessages, cancellation);
        await DrainAsync(server, "warm", WarmUpMessages, cancellation);

        _stage.IsCounting = true;
        var stored = await StoreAsync(server, "real", options.Messages, cancellation);
        var drained = await DrainAsync(server, "real", options.Messages, cancellation);
        return new RunResult([.. Figures(stored, drained)], _stage.Faults);
    }

    private async Task<(Sender Sender, Spent Spent)> StoreAsync(
        ChatServer server, string name, int count, CancellationToken cancellation)
    {
        await server.SignUpAsync($"r{name}");
        var connection = await server.EnterAsync($"s{name}", wantsPush: false);
        var letters = new Letters($"s{name}", [$"r{name}"]);
        var sender = new Sender(connection, _stage, letters, ChatServer.Stored, options.InFlight, count);
        connection.HandTo(sender);

        var before = ProcessUsage.Of(server.Process);
        connection.Send(Requests.CountUnread());
        await Settling.UntilAsync(
            () => _stage.HasFailed || sender.Answered == count, Longest(count), cancellation);
        return sender.Answered == count
            ? (sender, new Spent(before, ProcessUsage.Of(server.Process)))
            : throw _stage.Broken($"{sender.Answered} of {count} messages were acknowledged");
    }

    private async Task<(Recipient Recipient, long BeganAt, Spent Spent)> DrainAsync(
        ChatServer server, string name, int count, CancellationToken cancellation)
    {
        var dialog = new Dialog();
        var connection = server.Connect(dialog);
        await dialog.AskAsync(connection, Requests.AskForPush());
        var recipient = new Recipient(_stage);
        connection.HandTo(recipient);

        var before = ProcessUsage.Of(server.Process);
        var beganAt = Stopwatch.GetTimestamp();
        connection.Send(Requests.LogIn($"r{name}"));
        await Settling.UntilAsync(
            () => _stage.HasFailed || recipient.Received >= count, Longest(count), cancellation);
        var spent = new Spent(before, ProcessUsage.Of(server.Process));

        // What would come twice comes before the answer to this.
        connection.Send(Requests.CountUnread());
        await Settling.UntilAsync(() => _stage.HasFailed || recipient.IsFenced, Settling.Patience, cancellation);
        return recipient.Received == count && recipient.IsFenced
            ? (recipient, beganAt, spent)
            : throw _stage.Broken($"{recipient.Received} of {count} messages were drained");
    }

    private static TimeSpan Longest(int messages) => Settling.Patience + TimeSpan.FromMilliseconds(10) * messages;

    private static IEnumerable<Figure> Figures(
        (Sender Sender, Spent Spent) stored, (Recipient Recipient, long BeganAt, Spent Spent) drained)
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
            Figure.Cpu("server CPU, storing", stored.Spent.ServerCpu, count),
            Figure.Cpu("server CPU, draining", drained.Spent.ServerCpu, count),
            Figure.Memory("server memory, peak", drained.Spent.To.PeakMemoryBytes),
            Figure.Cpu("generator CPU", stored.Spent.OwnCpu + drained.Spent.OwnCpu, count),
            new("other CPU", "cores", stored.Spent.OtherCores),
            .. Figure.BusiestThreads(stored.Spent),
        ];
    }
}
