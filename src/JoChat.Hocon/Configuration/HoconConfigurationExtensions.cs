using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace JoChat.Hocon;

/// <summary>Adds HOCON to a configuration.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>Adds a file, relative to the builder's base path.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="path">The file; what it includes is relative to it and stays in the base path.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">Whether to load again when the file or an included one changes.</param>
    /// <returns>The same builder. Building it throws <see cref="InvalidDataException"/>, with the
    /// <see cref="HoconException"/> inside, if the file cannot be read.</returns>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false) =>
        builder.AddHoconFile(provider: null, path, optional, reloadOnChange);

    /// <summary>Adds a file of the given provider.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="provider">Where the file is and what it includes; the builder's own if null.</param>
    /// <param name="path">The file; what it includes is relative to it.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">Whether to load again when the file or an included one changes.</param>
    /// <param name="configure">Sets what the other parameters do not.</param>
    /// <returns>The same builder, which throws as the other overload says.</returns>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder,
        IFileProvider? provider,
        string path,
        bool optional,
        bool reloadOnChange,
        Action<HoconConfigurationSource>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = new HoconConfigurationSource
        {
            FileProvider = provider,
            Path = path,
            Optional = optional,
            ReloadOnChange = reloadOnChange,
        };
        configure?.Invoke(source);
        source.ResolveFileProvider();
        return builder.Add(source);
    }

    /// <summary>Adds a text, with the defaults of <see cref="HoconConfigurationSource"/>.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="text">The HOCON.</param>
    /// <param name="options">Its name, includes and environment; the defaults if null.</param>
    /// <returns>The same builder. Building it throws <see cref="HoconException"/> if the text cannot be read.</returns>
    public static IConfigurationBuilder AddHoconString(
        this IConfigurationBuilder builder, string text, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(text);
        return builder.Add(new HoconTextSource(text, options));
    }
}
