namespace JoChat.Actors;

/// <summary>The settings of <see cref="ChatService"/>.</summary>
public sealed record ChatOptions
{
    /// <summary>The path of the sessions' dispatcher in Akka's configuration; akka.conf has its default.</summary>
    public const string SessionsDispatcher = "jochat.sessions-dispatcher";

    /// <summary>The same of the PersistenceActor's dispatcher.</summary>
    public const string PersistenceDispatcher = "jochat.persistence-dispatcher";

    /// <summary>How sessions behave.</summary>
    public SessionOptions Sessions { get; init; } = new();

    /// <summary>How passwords are hashed.</summary>
    public PasswordOptions Passwords { get; init; } = new();

    /// <summary>How fast an account may ask.</summary>
    public PaceOptions Pace { get; init; } = new();

    /// <summary>How writes are batched.</summary>
    public PersistenceOptions Persistence { get; init; } = new();

    /// <summary>Settings of Akka.NET, in HOCON that was made here: its parser may hang on what people write.</summary>
    public string ActorConfiguration { get; init; } = string.Empty;

    /// <summary>More of them, which win over <see cref="ActorConfiguration"/>: what people wrote, rendered as
    /// JSON.</summary>
    public string AkkaOverrides { get; init; } = string.Empty;
}
