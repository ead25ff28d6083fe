namespace JoChat.Gateway;

/// <summary>What <c>migrate</c> is asked for.</summary>
/// <param name="To">Which engine's place is the target; the other is the source.</param>
/// <param name="Manifest">The file for the manifest; null if none is wanted.</param>
internal sealed record MigrateOptions(StorageEngine To, string? Manifest);
