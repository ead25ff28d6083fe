using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Events that wait until the socket takes more: of each kind and person the newest, which says it all, and of
/// those a bounded number. Typing is over before it could be told, and is dropped.</summary>
internal sealed class HeldEvents
{
    private const int Most = 2 * Limits.MaxPresenceNames;
    private Dictionary<(string Kind, string Person), ServerEvent>? _events; // null while nothing is held

    public bool IsEmpty => _events is null;

    public void Hold(ServerEvent news)
    {
        switch (news)
        {
            case PresenceChanged presence:
                Hold(("presence", presence.Username), presence);
                break;
            // A receipt holds for all earlier messages too, so its last id is enough.
            case ReceiptArrived receipt:
                Hold((receipt.Kind.ToString(), receipt.By), receipt with { Ids = [receipt.Ids[^1]] });
                break;
        }
    }

    public IReadOnlyList<ServerEvent> TakeAll()
    {
        ServerEvent[] all = _events is null ? [] : [.. _events.Values];
        Clear();
        return all;
    }

    public void Clear() => _events = null;

    private void Hold((string, string) key, ServerEvent news)
    {
        _events ??= [];
        if (_events.Count < Most || _events.ContainsKey(key)) { _events[key] = news; }
    }
}
