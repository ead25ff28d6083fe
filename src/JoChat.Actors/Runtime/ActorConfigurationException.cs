using Akka.Configuration;

namespace JoChat.Actors;

/// <summary>Akka.NET does not start with the settings that it was given.</summary>
/// <param name="cause">What it threw.</param>
public sealed class ActorConfigurationException(Exception cause) : Exception(Tell(cause), cause)
{
    /// <summary>What it comes from.</summary>
    public Exception Innermost => InnermostOf(this);

    // An AggregateException's base is the first that is none.
    private static Exception InnermostOf(Exception fault)
    {
        while (fault.InnerException is { } inner) { fault = inner; }
        return fault;
    }

    // On one line, whatever text of the settings it quotes. Akka throws anything, a NullReferenceException too, whose
    // message alone would say nothing.
    private static string Tell(Exception cause)
    {
        var innermost = InnermostOf(cause);
        var kind = innermost is ConfigurationException ? string.Empty : $"{innermost.GetType().Name}: ";
        var reason = string.Concat(innermost.Message.Select(c => char.IsControl(c) ? ' ' : c));
        return $"akka: Akka.NET does not start with these settings: {kind}{reason}";
    }
}
