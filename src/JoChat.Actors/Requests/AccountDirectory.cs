namespace JoChat.Actors;

/// <summary>Which accounts a client may find out about.</summary>
public enum AccountDirectory
{
    /// <summary>All that there are.</summary>
    Everyone,

    /// <summary>Those with whom it has a conversation, and whose whole name it knows.</summary>
    Contacts,

    /// <summary>Those whose whole name it knows.</summary>
    Exact,
}
