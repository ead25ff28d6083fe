using Xunit.Sdk;

namespace JoChat.ActorEngine.TestKit;

/// <summary>What a test expects of one message.</summary>
internal static class Expectation
{
    public static Expectation<T> OfType<T>(string? hint) => new($"a message of type {typeof(T)}", hint, (_, _) => true);

    public static Expectation<T> Equal<T>(T expected, string? hint) =>
        new($"{expected}", hint, (message, _) => Equals(message, expected));

    public static Expectation<T> That<T>(Func<T, IActorRef, bool> fits, string? hint) =>
        new($"a message of type {typeof(T)} that fits the condition", hint, fits);

    public static Expectation<T> Asserting<T>(Action<T, IActorRef> assert, string? hint) =>
        new($"a message of type {typeof(T)}", hint, (message, sender) =>
        {
            assert(message, sender);
            return true;
        });

    public static Expectation<Terminated> Death(IActorRef target, string? hint) =>
        new($"that {target} has terminated", hint, (message, _) => message.ActorRef.Equals(target));
}

/// <param name="what">What is expected, for whoever reads why the test failed.</param>
/// <param name="hint">What the test adds to that.</param>
/// <param name="fits">Whether a message and its sender are as expected.</param>
internal sealed class Expectation<T>(string what, string? hint, Func<T, IActorRef, bool> fits)
{
    public Expectation<T> From(IActorRef expected) => new(
        $"{what} from {expected}", hint, (message, sender) => Equals(expected, sender) && fits(message, sender));

    /// <summary>Fails the test unless that was it.</summary>
    public T Check(Envelope? received, TimeSpan waited, ReceivedMessages others)
    {
        if (received is not { } envelope)
        {
            throw Failure($"nothing came within {waited}.");
        }

        return envelope.Message is T message && fits(message, envelope.Sender)
            ? message
            : throw Failure($"got {envelope} ({envelope.Message.GetType()}). {others.Describe()}");
    }

    private FailException Failure(string came) =>
        FailException.ForFailure($"Expected {what}, but {came}{(hint is null ? "" : $" Hint: {hint}")}");
}
