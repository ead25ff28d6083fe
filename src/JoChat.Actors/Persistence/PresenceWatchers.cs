using System.Collections.Immutable;
using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Who is told when someone comes or goes. At most <see cref="Limits.MaxPresenceNames"/> names a watcher, kept
/// no longer than its session is bound.</summary>
internal sealed class PresenceWatchers
{
    private readonly Dictionary<string, HashSet<IActorRef>> _watchers = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, ImmutableArray<string>> _watched = [];

    /// <summary>How many names are watched: what this holds in memory.</summary>
    public int Count => _watchers.Count;

    /// <summary>Watches these names, and none of those before.</summary>
    public void Watch(IActorRef watcher, ImmutableArray<string> nameKeys)
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

    public void Forget(IActorRef watcher)
    {
        if (!_watched.Remove(watcher, out var nameKeys)) { return; }
        foreach (var key in nameKeys)
        {
            if (!_watchers.TryGetValue(key, out var watchers)) { continue; } // the same name twice
            watchers.Remove(watcher);
            if (watchers.Count == 0) { _watchers.Remove(key); }
        }
    }

    public void Announce(OnlineSession who, bool isOnline)
    {
        if (!_watchers.TryGetValue(who.NameKey, out var watchers)) { return; }
        var news = new Announcement(new PresenceChanged(who.Username, isOnline));
        foreach (var watcher in watchers) { watcher.Tell(news); }
    }

    public void Clear()
    {
        _watchers.Clear();
        _watched.Clear();
    }
}
