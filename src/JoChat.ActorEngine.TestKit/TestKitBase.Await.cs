#nullable disable annotations
using System.Diagnostics.CodeAnalysis;

namespace JoChat.ActorEngine.TestKit;

/// <summary>Asking again and again until it is so.</summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats an assertion until it holds.</summary>
    /// <param name="assertion">Throws while it does not hold.</param>
    /// <param name="duration">How long to go on; null for <see cref="RemainingOrDefault"/>. Then the last exception is
    /// thrown.</param>
    /// <param name="interval">How long to wait between two tries; null for 100 ms.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public void AwaitAssert(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(duration));
        while (!Holds(assertion, deadline)) { Pause(interval, deadline, cancellationToken); }
    }

    /// <summary>Repeats an assertion until it holds.</summary>
    /// <param name="assertion">Throws while it does not hold.</param>
    /// <param name="duration">As in <see cref="AwaitAssert"/>.</param>
    /// <param name="interval">How long to wait between two tries; null for 100 ms.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task AwaitAssertAsync(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval,
            cancellationToken);

    /// <summary>Repeats an assertion until it holds.</summary>
    /// <param name="assertion">Fails while it does not hold.</param>
    /// <param name="duration">As in <see cref="AwaitAssert"/>.</param>
    /// <param name="interval">How long to wait between two tries; null for 100 ms.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Any exception says that the assertion does not hold yet.")]
    public async Task AwaitAssertAsync(
        Func<Task> assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(duration));
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (deadline.Left > TimeSpan.Zero)
            {
                await Task.Delay(deadline.LeftAtMost(interval ?? DefaultInterval), Local.Time, cancellationToken);
            }
        }
    }

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="interval">How long to wait between two tries; null for 100 ms.</param>
    /// <param name="message">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default)
    {
        var patience = Patience(max);
        var deadline = new Deadline(Local.Time, patience);
        while (!conditionIsFulfilled())
        {
            if (deadline.Left == TimeSpan.Zero) { FailCondition(patience, message); }
            Pause(interval, deadline, cancellationToken);
        }
    }

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Asks until a condition is true.</summary>
    /// <param name="conditionIsFulfilled">The condition.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="interval">How long to wait between two tries; null for 100 ms.</param>
    /// <param name="message">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default)
    {
        var patience = Patience(max);
        var deadline = new Deadline(Local.Time, patience);
        while (!await conditionIsFulfilled())
        {
            if (deadline.Left == TimeSpan.Zero) { FailCondition(patience, message); }
            await Task.Delay(deadline.LeftAtMost(interval ?? DefaultInterval), Local.Time, cancellationToken);
        }
    }

    private static void FailCondition(TimeSpan patience, string message) =>
        Fail($"The condition was not true within {patience}. {message}");

    [SuppressMessage("Design", "CA1031", Justification = "Any exception says that the assertion does not hold yet.")]
    private static bool Holds(Action assertion, Deadline deadline)
    {
        try
        {
            assertion();
            return true;
        }
        catch (Exception) when (deadline.Left > TimeSpan.Zero)
        {
            return false;
        }
    }

    private static void Pause(TimeSpan? interval, Deadline deadline, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(deadline.LeftAtMost(interval ?? DefaultInterval));
        cancellation.ThrowIfCancellationRequested();
    }
}
