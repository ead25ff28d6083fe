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
    /// <exception cref="InvalidDataException">The file is longer than 16 MiB or no UTF-8.</exception>
    /// <exception cref="HoconException">The file or an included one cannot be read as HOCON.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, string? keptAsJson = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        var name = Path.GetFileName(fullPath);
        if (!File.Exists(fullPath))
        {
            throw new FileNotFoundException($"The configuration file '{name}' was not found and is not optional. "
                + $"The expected physical path was '{fullPath}'.");
        }
        // A file provider, because it never leaves its folder.
        using var files = new PhysicalFileProvider(Path.GetDirectoryName(fullPath)!, ExclusionFilters.None);
        return builder.AddHoconString(ReadText(fullPath), new HoconOptions
        {
            SourceName = name,
            ReadInclude = include => Read(files.GetFileInfo(include)),
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
        builder.AddInMemoryCollection(HoconFlattener.Flatten(HoconObject.Parse(text, options), keptAsJson));

    // The file may be a device without an end.
    private static string ReadText(string path)
    {
        using var reader = new StreamReader(path, StrictUtf8);
        var text = new StringBuilder();
        var part = new char[4096];
        try
        {
            while (reader.Read(part) is > 0 and var length)
            {
                if (text.Append(part, 0, length).Length > MaxLength)
                {
                    throw new InvalidDataException($"{path} is too long for settings");
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{path} is not valid UTF-8");
        }
        return text.ToString();
    }

    private static string? Read(IFileInfo file)
    {
        if (!file.Exists || file.IsDirectory) { return null; }
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }
}
