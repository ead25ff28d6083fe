using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace JoChat.Hocon;

/// <summary>Loads a HOCON file and, when it reloads on change, watches the included files too.</summary>
/// <param name="source">The file and how to read it.</param>
internal sealed class HoconConfigurationProvider(HoconConfigurationSource source) : FileConfigurationProvider(source)
{
    // Loads may run at the same time, one for each watched file that changed. A file stays watched when it is no
    // longer included: disposing a watch waits for its callback, which may be this very load.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IDisposable> _watches = new(StringComparer.Ordinal);

    /// <summary>Replaces the data by the file's.</summary>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <exception cref="HoconException">The file or an included one is no HOCON that can be read.</exception>
    public override void Load(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var options = new HoconOptions
        {
            SourceName = source.Path ?? "<stream>",
            Environment = source.Environment,
            ReadInclude = ReadInclude,
        };
        var root = HoconRoot.Parse(reader.ReadToEnd(), options);
        Data = HoconFlattener.Flatten(root, source.UnquotedSwitches, source.StripHyphens);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            foreach (var watch in _watches.Values) { watch.Dispose(); }
            _watches.Clear();
        }
        base.Dispose(disposing);
    }

    private string? ReadInclude(string path)
    {
        if (source.FileProvider is not { } files) { return null; }

        // Before the reading, so that no change is missed; a missing file too, because it may appear.
        if (source.ReloadOnChange) { Watch(files, path); }
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory) { return null; }

        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }

    private void Watch(IFileProvider files, string path)
    {
        lock (_gate)
        {
            if (!_watches.ContainsKey(path)) { _watches[path] = ChangeToken.OnChange(() => files.Watch(path), Reload); }
        }
    }

    private void Reload()
    {
        Thread.Sleep(source.ReloadDelay); // as the base does: the writer may not have finished
        Load();
    }
}
