using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Events that wait until the socket takes more, coalesced: of each kind and person the newest, which says it
/// all, and of those a bounded number. Typing is over before it could be told, and is dropped.</summary>
internal sealed class CoalescedEvents
{
    private const int MaxEvents = 2 * Limits.MaxPresenceNames;
    private readonly Dictionary<(string Kind, string Person), ServerEvent> _events = [];

    /// <summary>What waits.</summary>
    public IReadOnlyCollection<ServerEvent> All => _events.Values;

    public void Hold(ServerEvent news)
    {
        switch (news)
        {
            case PresenceChanged presence:
                Hold(("presence", presence.Username), presence);
                break;
            case AccountGone gone:
                Hold(("gone", gone.Username), gone);
                break;
            case InboxGrew grew:
                Hold(("inbox", ""), grew);
                break;
            // A receipt holds for all earlier messages too, so its last id is enough.
            case ReceiptArrived receipt:
                Hold((receipt.Kind.ToString(), receipt.By), receipt with { Ids = [receipt.Ids[^1]] });
                break;
        }
    }

    private void Hold((string, string) key, ServerEvent news)
    {
        if (_events.Count < MaxEvents || _events.ContainsKey(key)) { _events[key] = news; }
    }
}
