namespace JoChat.Load;

/// <summary>The load could not be run, or what came back is wrong.</summary>
internal sealed class LoadFailedException(string message) : Exception(message);
