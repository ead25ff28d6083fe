using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Closed-loop senders, measured for a while.</summary>
internal sealed class ClosedLoop(
    LoadState state, IReadOnlyList<ClosedLoopSender> senders, IReadOnlyList<Recipient> recipients)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public long Answered => senders.Sum(sender => sender.Answered);

    public long Received => recipients.Sum(recipient => recipient.Received);

    /// <summary>Measures, then ends the sending and waits until all is answered and received, or notes a fault.
    /// </summary>
    /// <param name="server">The processes whose CPU time counts.</param>
    /// <param name="duration">How long.</param>
    /// <param name="most">With so many answers the measuring ends early.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<LoopResult> MeasureAsync(
        IReadOnlyList<Process> server, TimeSpan duration, long most, CancellationToken cancellation)
    {
        await Task.Delay(WarmUp, cancellation);
        var before = (Usage: ProcessUsage.Of(server), Answered, Received);
        state.IsCounting = true;
        await Polling.UntilAsync(() => state.HasFailed || Answered - before.Answered >= most, duration, cancellation);
        state.IsCounting = false;
        var after = (Usage: ProcessUsage.Of(server), Answered, Received);
        state.IsOver = true;
        await Task.Delay(Polling.Interval, cancellation); // a send that is just being made

        if (!await Polling.UntilAsync(() => state.HasFailed || IsSettled(), Polling.Timeout, cancellation))
        {
            state.Fail($"{senders.Sum(sender => sender.Sent)} sent, {Answered} answered, {Received} received");
        }
        return new LoopResult(new UsageDelta(before.Usage, after.Usage), after.Answered - before.Answered,
            after.Received - before.Received, LatencyHistogram.Merge(senders.Select(sender => sender.Latency)),
            LatencyHistogram.Merge(recipients.Select(recipient => recipient.EndToEnd)));
    }

    private bool IsSettled() => senders.Index().All(sender => sender.Item.Answered == sender.Item.Sent
        && (recipients.Count == 0 || recipients[sender.Index].Received == sender.Item.Sent));
}

/// <summary>What was answered and received while it was measured, and what that took.</summary>
internal sealed record LoopResult(
    UsageDelta Usage, long Answered, long Received, LatencyHistogram AnswerLatency, LatencyHistogram EndToEnd);
