namespace JoChat.Actors;

/// <summary>The writer did not do what the operator asked for. The message says why, for people.</summary>
public sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
