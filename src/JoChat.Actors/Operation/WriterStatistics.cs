namespace JoChat.Actors;

/// <summary>What the writer knows of the service.</summary>
/// <param name="Store">Where messages are kept.</param>
/// <param name="LastMessageId">The highest id of a message that was ever given.</param>
/// <param name="Sessions">How many sessions are logged in.</param>
/// <param name="FreeBytes">How many bytes are free where messages are kept; <see cref="long.MaxValue"/> if that cannot be
/// told.</param>
public sealed record WriterStatistics(string Store, long LastMessageId, int Sessions, long FreeBytes);
