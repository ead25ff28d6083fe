#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Asking an actor from outside of actors: tell it, and await its answer.</summary>
public static class Futures
{
    /// <summary>Asks and awaits any answer, <see cref="Status.Failure"/> included.</summary>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Asks and awaits any answer, <see cref="Status.Failure"/> included.</summary>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks and awaits any answer, <see cref="Status.Failure"/> included.</summary>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks and awaits an answer of one type; <see cref="Status.Failure"/> is thrown as its cause.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Asks and awaits an answer of one type; <see cref="Status.Failure"/> is thrown as its cause.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks and awaits an answer of one type; <see cref="Status.Failure"/> is thrown as its cause.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Send(self, NewAsker<T>(self), message, timeout, cancellationToken);

    /// <summary>Asks with a question that names whom to answer.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="self">Who is asked.</param>
    /// <param name="messageFactory">Makes the question from the reference that awaits the answer.</param>
    /// <param name="timeout">How long to wait; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var asker = NewAsker<T>(self);
        return Send(self, asker, messageFactory(asker), timeout, cancellationToken);
    }

    private static FutureActorRef<T> NewAsker<T>(ICanTell asked) =>
        new(InternalActorRef.Of((IActorRef)asked).System);

    private static Task<T> Send<T>(
        ICanTell asked, FutureActorRef<T> asker, object message, TimeSpan? timeout, CancellationToken cancellation)
    {
        asked.Tell(message, asker);
        asker.GiveUpAfter(timeout ?? asker.System.Settings.AskTimeout, cancellation);
        return asker.Answer;
    }
}
