#nullable disable annotations
using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.TestKit;

/// <summary>Taking messages without judging them.</summary>
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message.</summary>
    /// <param name="max">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if nothing came in time.</returns>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(Patience(max), cancellationToken)?.Message;

    /// <summary>Takes the next message.</summary>
    /// <param name="max">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if nothing came in time.</returns>
    public async ValueTask<object> ReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(Patience(max), cancellationToken))?.Message;

    /// <summary>Takes that many messages within <see cref="RemainingOrDefault"/>.</summary>
    /// <param name="numberOfMessages">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Takes that many messages.</summary>
    /// <param name="numberOfMessages">How many.</param>
    /// <param name="max">How long to wait for all of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, max);
        var messages = new List<object>();
        while (messages.Count < numberOfMessages)
        {
            messages.Add(OrFail(Take(deadline.Left, cancellationToken), numberOfMessages, messages, max));
        }

        return messages;
    }

    /// <summary>Takes that many messages within <see cref="RemainingOrDefault"/>.</summary>
    /// <param name="numberOfMessages">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Takes that many messages.</summary>
    /// <param name="numberOfMessages">How many.</param>
    /// <param name="max">How long to wait for all of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, max);
        var messages = new List<object>();
        while (messages.Count < numberOfMessages)
        {
            messages.Add(OrFail(await TakeAsync(deadline.Left, cancellationToken), numberOfMessages, messages, max));
            yield return messages[^1];
        }
    }

    /// <summary>Takes messages as long as they are of a type and fit; the first that does not stays queued behind
    /// nothing: it is taken and dropped.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="shouldContinue">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="idle">How long to wait for each message; null for no bound.</param>
    /// <param name="msgs">How many to take at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(max));
        var messages = new List<T>();
        while (messages.Count < msgs
            && Take(deadline.LeftAtMost(idle), cancellationToken) is { Message: T message } && shouldContinue(message))
        {
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>As <see cref="ReceiveWhile{T}"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="shouldContinue">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="idle">How long to wait for each message; null for no bound.</param>
    /// <param name="msgs">How many to take at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(max));
        for (var taken = 0; taken < msgs; taken++)
        {
            var next = await TakeAsync(deadline.LeftAtMost(idle), cancellationToken);
            if (next is not { Message: T message } || !shouldContinue(message)) { yield break; }
            yield return message;
        }
    }

    private TimeSpan Patience(TimeSpan? asked) => asked is { } time ? Dilated(time) : RemainingOrDefault;

    private Envelope? Take(TimeSpan patience, CancellationToken cancellation) =>
        Remember(_received.Take(patience, cancellation));

    private async ValueTask<Envelope?> TakeAsync(TimeSpan patience, CancellationToken cancellation) =>
        Remember(await _received.TakeAsync(patience, cancellation));

    private Envelope? Remember(Envelope? taken)
    {
        if (taken is not null) { _last = taken; }
        return taken;
    }

    private static object OrFail(Envelope? next, int wanted, List<object> taken, TimeSpan max)
    {
        if (next is null)
        {
            var came = string.Join(", ", taken);
            Fail($"Expected {wanted} messages within {max}, but only {taken.Count} came: [{came}].");
        }

        return next.Value.Message;
    }
}
