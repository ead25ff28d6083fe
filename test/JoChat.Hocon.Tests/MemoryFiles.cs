using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace JoChat.Hocon.Tests;

/// <summary>Files in memory whose watchers are told of a change before its writer returns.</summary>
internal sealed class MemoryFiles : IFileProvider
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, ConfigurationReloadToken> _watched = [];

    public string this[string path]
    {
        set
        {
            _texts[path] = value;
            if (_watched.Remove(path, out var token)) { token.OnReload(); }
        }
    }

    public IFileInfo GetFileInfo(string subpath) =>
        _texts.TryGetValue(subpath, out var text) ? new MemoryFile(subpath, text) : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter)
    {
        if (!_watched.TryGetValue(filter, out var token)) { _watched[filter] = token = new ConfigurationReloadToken(); }
        return token;
    }

    private sealed class MemoryFile(string path, string text) : IFileInfo
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public long Length => _bytes.Length;

        public string Name => Path.GetFileName(path);

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => new MemoryStream(_bytes);
    }
}
