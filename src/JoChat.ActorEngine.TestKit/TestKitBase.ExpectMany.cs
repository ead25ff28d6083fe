#nullable disable annotations
using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.TestKit;

/// <summary>Expecting one of several messages, all of several, or the one that fits.</summary>
public abstract partial class TestKitBase
{
    /// <summary>Takes as many messages as are given, which must be these in any order.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="messages">What must come.</param>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectMsgAllOf(RemainingOrDefault, messages);

    /// <summary>Takes as many messages as are given, which must be these in any order.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="max">How long to wait for all of them.</param>
    /// <param name="messages">What must come.</param>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        CheckAllOf(messages, ReceiveN(messages.Length, max));

    /// <summary>Takes as many messages as are given, which must be these in any order.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="messages">What must come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectMsgAllOfAsync(RemainingOrDefault, messages, cancellationToken);

    /// <summary>Takes as many messages as are given, which must be these in any order.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="max">How long to wait for all of them.</param>
    /// <param name="messages">What must come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        TimeSpan max,
        IReadOnlyCollection<T> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var received = new List<object>();
        await foreach (var message in ReceiveNAsync(messages.Count, max, cancellationToken)) { received.Add(message); }
        foreach (var message in CheckAllOf(messages, received)) { yield return message; }
    }

    /// <summary>Takes the next message, which must equal one of those given.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="messages">What may come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(OneOf(messages), null, cancellationToken);

    /// <summary>Takes the next message, which must equal one of those given.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="messages">What may come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAsync(OneOf(messages), null, cancellationToken);

    /// <summary>Takes messages and drops them until one fits.</summary>
    /// <param name="isMessage">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public object FishForMessage(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages and drops them until one is of a type and fits.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="isMessage">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public T FishForMessage<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(max));
        var dropped = new List<object>();
        while (Take(deadline.Left, cancellationToken) is { } next)
        {
            if (next.Message is T message && isMessage(message)) { return message; }
            dropped.Add(next.Message);
        }

        FailToFish<T>(hint, dropped);
        return default;
    }

    /// <summary>Takes messages and drops them until one fits.</summary>
    /// <param name="isMessage">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages and drops them until one is of a type and fits.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="isMessage">Whether a message fits.</param>
    /// <param name="max">How long to go on; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(Local.Time, Patience(max));
        var dropped = new List<object>();
        while (await TakeAsync(deadline.Left, cancellationToken) is { } next)
        {
            if (next.Message is T message && isMessage(message)) { return message; }
            dropped.Add(next.Message);
        }

        FailToFish<T>(hint, dropped);
        return default;
    }

    private static void FailToFish<T>(string hint, List<object> dropped) =>
        Fail($"No message of type {typeof(T)} came that fits. {hint} Taken instead: [{string.Join(", ", dropped)}].");

    private static Expectation<T> OneOf<T>(IEnumerable<T> messages)
    {
        T[] all = [.. messages];
        return new Expectation<T>($"one of [{string.Join(", ", all)}]", null, (message, _) => all.Contains(message));
    }

    private static List<T> CheckAllOf<T>(IReadOnlyCollection<T> expected, IReadOnlyCollection<object> received)
    {
        var missing = expected.Cast<object>().ToList();
        foreach (var message in received)
        {
            if (!missing.Remove(message))
            {
                Fail($"Expected [{string.Join(", ", expected)}], but got [{string.Join(", ", received)}].");
            }
        }

        return [.. received.Cast<T>()];
    }
}
