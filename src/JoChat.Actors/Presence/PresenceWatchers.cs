using System.Collections.Immutable;
using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Who is told when someone comes or goes. At most <see cref="Limits.MaxPresenceNames"/> names a watcher, kept
/// no longer than its session is bound.</summary>
internal sealed class PresenceWatchers<TSession> where TSession : notnull
{
    private readonly Dictionary<string, HashSet<TSession>> _watchers = new(StringComparer.Ordinal);
    private readonly Dictionary<TSession, ImmutableArray<string>> _watched = [];

    /// <summary>How many names are watched: what this holds in memory.</summary>
    public int Count => _watchers.Count;

    /// <summary>Watches these names, and none of those before.</summary>
    public void Watch(TSession watcher, ImmutableArray<string> nameKeys)
    {
        Forget(watcher);
        if (nameKeys.IsEmpty) { return; }
        _watched.Add(watcher, nameKeys);
        foreach (var key in nameKeys)
        {
            if (!_watchers.TryGetValue(key, out var watchers)) { _watchers.Add(key, watchers = []); }
            watchers.Add(watcher);
        }
    }

    public void Forget(TSession watcher)
    {
        if (!_watched.Remove(watcher, out var nameKeys)) { return; }
        foreach (var key in nameKeys)
        {
            if (!_watchers.TryGetValue(key, out var watchers)) { continue; } // the same name twice
            watchers.Remove(watcher);
            if (watchers.Count == 0) { _watchers.Remove(key); }
        }
    }

    public IReadOnlyCollection<TSession> Of(string nameKey) =>
        _watchers.TryGetValue(nameKey, out var watchers) ? watchers : [];

    public void Clear()
    {
        _watchers.Clear();
        _watched.Clear();
    }
}
