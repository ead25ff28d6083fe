namespace JoChat.Protocol.Tests;

/// <summary>A message and its two encodings.</summary>
internal sealed record Golden<T>(string Json, byte[]? Binary, T Message);
