namespace JoChat.ActorEngine;

/// <summary>Marks messages that the engine itself handles before the actor sees them.</summary>
public interface IAutoReceivedMessage;

/// <summary>Marks messages that only the own system should send.</summary>
public interface IPossiblyHarmful;

/// <summary>Marks messages that do not count as activity for the receive time-out.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Marks messages whose loss is expected: they become <see cref="SuppressedDeadLetter"/>.</summary>
public interface IDeadLetterSuppression;

/// <summary>Marks messages that never leave the process; kept for source compatibility.</summary>
public interface INoSerializationVerificationNeeded;
