#nullable disable annotations
using JoChat.Hocon;

namespace JoChat.ActorEngine;

/// <summary>A configuration is wrong: what is missing or malformed, and where.</summary>
public sealed class ConfigurationException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">What the parser said; may be null.</param>
    public ConfigurationException(string message, Exception innerException = null) : base(message, innerException)
    {
    }
}

/// <summary>Settings by path, as read from HOCON. Immutable.</summary>
public sealed class Config
{
    private readonly HoconRoot _root;

    internal Config(HoconRoot root) => _root = root;

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => ReferenceEquals(_root, HoconRoot.Empty);

    /// <summary>Reads HOCON.</summary>
    /// <param name="str">The text.</param>
    /// <exception cref="ConfigurationException">The text is not HOCON.</exception>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>Whether a value other than null is set.</summary>
    /// <param name="path">Keys with dots between them.</param>
    public bool HasPath(string path) => Read(path, root => root.HasPath(path));

    /// <summary>The text at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set.</param>
    public string GetString(string path, string @default = null) =>
        Read(path, @default, root => root.GetString(path));

    /// <summary>The whole number at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set.</param>
    public int GetInt(string path, int @default = 0) => Read(path, @default, root => root.GetInt(path));

    /// <summary>The whole number at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set.</param>
    public long GetLong(string path, long @default = 0) => Read(path, @default, root => root.GetLong(path));

    /// <summary>The switch at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set.</param>
    public bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, root => root.GetBoolean(path));

    /// <summary>The number at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set.</param>
    public double GetDouble(string path, double @default = 0) => Read(path, @default, root => root.GetDouble(path));

    /// <summary>The duration at the path; a bare number counts milliseconds, <c>infinite</c> is
    /// <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set; null for zero.</param>
    /// <param name="allowInfinite">False to take <c>infinite</c> for an error.</param>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, @default ?? TimeSpan.Zero, root => allowInfinite && root.GetString(path) == "infinite"
            ? Timeout.InfiniteTimeSpan
            : root.GetDuration(path));

    /// <summary>The size at the path, in bytes.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="def">What to return if nothing is set.</param>
    public long? GetByteSize(string path, long? def = null) =>
        Read(path, def, root => root.GetByteSize(path));

    /// <summary>The list of texts at the path.</summary>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="default">What to return if nothing is set; null for an empty list.</param>
    public IList<string> GetStringList(string path, string[] @default = null) =>
        Read<IList<string>>(path, @default ?? [], root => [.. root.GetStringList(path)]);

    /// <summary>The settings below the path; null if there are none.</summary>
    /// <param name="path">Keys with dots between them.</param>
    public Config GetConfig(string path) => Read(path, null, root => new Config(root.GetObject(path)));

    /// <summary>These settings, and the other's where these have none.</summary>
    /// <param name="fallback">Where to look second; null for nowhere.</param>
    public Config WithFallback(Config fallback) =>
        fallback is null ? this : new Config(_root.WithFallback(fallback._root));

    private T Read<T>(string path, T @default, Func<HoconRoot, T> read) =>
        Read(path, root => root.HasPath(path) ? read(root) : @default);

    private T Read<T>(string path, Func<HoconRoot, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return read(_root);
        }
        catch (HoconException fault)
        {
            throw new ConfigurationException(fault.Message, fault);
        }
    }
}

/// <summary>Where settings come from.</summary>
public static class ConfigurationFactory
{
    private static readonly string[] Files = ["app.conf", "app.hocon"];

    /// <summary>No settings.</summary>
    public static Config Empty { get; } = new(HoconRoot.Empty);

    /// <summary>Reads HOCON.</summary>
    /// <param name="hocon">The text.</param>
    /// <exception cref="ConfigurationException">The text is not HOCON.</exception>
    public static Config ParseString(string hocon)
    {
        try
        {
            return new Config(HoconRoot.Parse(hocon));
        }
        catch (HoconException fault)
        {
            throw new ConfigurationException(fault.Message, fault);
        }
    }

    /// <summary>Reads <c>app.conf</c>, or else <c>app.hocon</c>, of the current folder.</summary>
    /// <returns><see cref="Empty"/> if there is neither.</returns>
    /// <exception cref="ConfigurationException">The file is not HOCON.</exception>
    public static Config Load() =>
        Files.FirstOrDefault(File.Exists) is { } file ? ParseString(File.ReadAllText(file)) : Empty;

    /// <summary>Reads HOCON that is embedded in an assembly.</summary>
    /// <typeparam name="TAssembly">Any type of that assembly.</typeparam>
    /// <param name="resourceName">The resource's whole name.</param>
    /// <exception cref="ConfigurationException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource<TAssembly>(string resourceName)
    {
        using var stream = typeof(TAssembly).Assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{typeof(TAssembly).Assembly} has no resource \"{resourceName}\".");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}
