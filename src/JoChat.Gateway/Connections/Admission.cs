using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>A connection's place among those that may be open.</summary>
/// <param name="address">Where it comes from.</param>
/// <param name="limit">Who counts it; null if nobody does.</param>
/// <param name="cut">Cuts it.</param>
internal sealed class Admission(ClientAddress address, ConnectionLimit? limit, Action cut)
{
    private volatile bool _isGuest = true;

    public ClientAddress Address { get; private set; } = address;

    /// <summary>Whether nobody is logged in on it.</summary>
    public bool IsGuest => _isGuest;

    /// <summary>Whether a trusted proxy has made it, whose connections are those of many.</summary>
    public bool IsProxy { get; set; }

    /// <summary>Where it is counted; null if it is not. The limit's, under its lock.</summary>
    public AddressShare? Share { get; set; }

    /// <summary>Its place among the guests; null while it is none. The limit's, under its lock.</summary>
    public LinkedListNode<Admission>? Place { get; set; }

    /// <summary>Notes that somebody has logged in on it, or that nobody is any more.</summary>
    public void Become(bool isGuest)
    {
        if (_isGuest == isGuest) { return; }
        _isGuest = isGuest;
        limit?.CountGuest(this);
    }

    /// <summary>Counts it for another address, that of the client behind a proxy.</summary>
    /// <returns>Whether there is room.</returns>
    public bool TryMoveTo(ClientAddress client)
    {
        if (client == Address) { return true; }
        limit?.Leave(this);
        (Address, IsProxy) = (client, false);
        return limit is null || (limit.MayOpen(client) && limit.TryEnter(this));
    }

    public void Cut() => cut();
}

/// <summary>The connections of one address.</summary>
internal sealed class AddressShare
{
    public int Open { get; set; }

    /// <summary>Those of guests, the oldest first.</summary>
    public LinkedList<Admission> Guests { get; } = [];
}
