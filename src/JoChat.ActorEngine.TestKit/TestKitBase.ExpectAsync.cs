#nullable disable annotations
namespace JoChat.ActorEngine.TestKit;

/// <summary>Expecting one message, without holding the thread.</summary>
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message, which must be of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="duration">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.OfType<T>(hint), duration, cancellationToken);

    /// <summary>Takes the next message, which must equal another.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="message">What it must equal.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.Equal(message, hint), timeout, cancellationToken);

    /// <summary>Takes the next message, which must be of a type and fit.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="isMessage">Whether it fits.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.That<T>((message, _) => isMessage(message), hint), timeout, cancellationToken);

    /// <summary>Takes the next message, which must be of a type, and asserts.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="assert">Throws if it is not as it should be.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.Asserting<T>((message, _) => assert(message), hint), timeout, cancellationToken);

    /// <summary>Takes the next message, which must be of a type and fit together with its sender.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="isMessageAndSender">Whether they fit.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.That(isMessageAndSender, hint), timeout, cancellationToken);

    /// <summary>Takes the next message, which must be of a type, and asserts on it and its sender.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="assertMessageAndSender">Throws if they are not as they should be.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.Asserting(assertMessageAndSender, hint), timeout, cancellationToken);

    /// <summary>Takes the next message, which must be of a type and come from that sender.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="sender">Who must have sent it.</param>
    /// <param name="duration">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.OfType<T>(hint).From(sender), duration, cancellationToken);

    /// <summary>Takes the next message, which must equal another and come from that sender.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="sender">Who must have sent it.</param>
    /// <param name="message">What it must equal.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.Equal(message, hint).From(sender), timeout, cancellationToken);

    /// <summary>Takes the next message, which must tell that an actor has stopped.</summary>
    /// <param name="target">Who must have stopped; watched by the test actor.</param>
    /// <param name="timeout">How long to wait; null for <see cref="RemainingOrDefault"/>.</param>
    /// <param name="hint">Added to the failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expectation.Death(target, hint), timeout, cancellationToken);

    /// <summary>Fails if a message comes within <see cref="RemainingOrDefault"/>, which is long: better give a
    /// time.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        CheckNone(await TakeAsync(RemainingOrDefault, cancellationToken));

    /// <summary>Fails if a message comes within that time.</summary>
    /// <param name="duration">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        CheckNone(await TakeAsync(Dilated(duration), cancellationToken));

    /// <summary>Fails if a message comes within that time.</summary>
    /// <param name="milliseconds">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask<T> ExpectAsync<T>(
        Expectation<T> expectation, TimeSpan? timeout, CancellationToken cancellation)
    {
        var patience = Patience(timeout);
        return expectation.Check(await TakeAsync(patience, cancellation), patience, _received);
    }
}
