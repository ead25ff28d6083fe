namespace JoChat.Load;

/// <summary>The load could not be run, or an answer was wrong.</summary>
internal sealed class LoadFailedException(string message) : Exception(message);
