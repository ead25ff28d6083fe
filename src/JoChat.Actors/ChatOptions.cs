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

    /// <summary>How writes are batched.</summary>
    public PersistenceOptions Persistence { get; init; } = new();

    /// <summary>The actor engine's own configuration, HOCON text of the part that docs/adr/0001 calls safe.</summary>
    public string ActorConfiguration { get; init; } = string.Empty;
}
