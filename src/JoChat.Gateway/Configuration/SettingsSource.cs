namespace JoChat.Gateway;

/// <summary>Where a server has its settings from.</summary>
/// <param name="Read">Reads them as they are now. It throws <see cref="FormatException"/>,
/// <see cref="InvalidDataException"/> or <see cref="FileNotFoundException"/> if they cannot be read.</param>
/// <param name="Origin">The places, for people.</param>
internal sealed record SettingsSource(Func<IConfiguration> Read, string Origin);
