using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace JoChat.Hocon;

/// <summary>Adds HOCON to a configuration.</summary>
public static class HoconConfigurationExtensions
{
    private const int MaxLength = 16 * 1024 * 1024; // characters

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds what a file says now.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="path">The file, in UTF-8; what it includes is relative to it and stays in its folder.</param>
    /// <param name="keptAsJson">A top-level key whose object is not flattened, because its reader needs the keys as
    /// they were written: the configuration has it as one JSON text in which every scalar but null is a
    /// string.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file or an included one cannot be read or is no UTF-8, or they have
    /// more than 16 Mi characters together.</exception>
    /// <exception cref="HoconException">The file or an included one cannot be read as HOCON.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, string? keptAsJson = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        var name = Path.GetFileName(fullPath);
        if (!File.Exists(fullPath))
        {
            throw new FileNotFoundException(Directory.Exists(fullPath)
                ? $"{fullPath} is a folder, not a file of settings"
                : $"there is no file {fullPath}");
        }
        // A file provider, because it never leaves its folder.
        using var files = new PhysicalFileProvider(Path.GetDirectoryName(fullPath)!, ExclusionFilters.None);
        var left = MaxLength;
        return builder.AddHoconString(Read(fullPath, ref left), new HoconOptions
        {
            SourceName = name,
            ReadInclude = include =>
                files.GetFileInfo(include) is { Exists: true, IsDirectory: false, PhysicalPath: { } file }
                    ? Read(file, ref left)
                    : null,
        }, keptAsJson);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="text">The HOCON.</param>
    /// <param name="options">Its name, includes and environment; the defaults if null.</param>
    /// <param name="keptAsJson">As of a file.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="HoconException">The text cannot be read as HOCON.</exception>
    public static IConfigurationBuilder AddHoconString(
        this IConfigurationBuilder builder, string text, HoconOptions? options = null, string? keptAsJson = null) =>
        builder.Add(new HoconConfiguration(HoconFlattener.Flatten(HoconObject.Parse(text, options), keptAsJson)));

    /// <summary>Finds where a value is in a HOCON text.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="key">The flat key, such as <c>jochat:gateway:port</c>.</param>
    /// <returns>Null if the value is of another source, or there is none.</returns>
    public static HoconPosition? FindPosition(this IConfiguration configuration, string key)
    {
        var providers = (configuration as IConfigurationRoot)?.Providers ?? [];
        return (providers.LastOrDefault(provider => provider.TryGet(key, out _)) as HoconConfiguration)?.FindPosition(key);
    }

    // The file may be a device without an end.
    private static string Read(string path, ref int left)
    {
        var text = new StringBuilder();
        var part = new char[4096];
        try
        {
            using var reader = new StreamReader(path, StrictUtf8);
            while (reader.Read(part) is > 0 and var length)
            {
                left -= length;
                if (left < 0) { throw new InvalidDataException($"{path} is too long for settings"); }
                text.Append(part, 0, length);
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{path} is not valid UTF-8");
        }
        catch (UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} may not be read by the user that runs this");
        }
        catch (IOException)
        {
            throw new InvalidDataException($"{path} cannot be read");
        }
        return text.ToString();
    }
}
