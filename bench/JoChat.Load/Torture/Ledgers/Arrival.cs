namespace JoChat.Load.Torture;

/// <summary>How a message reached its recipient.</summary>
internal enum DeliveryPath
{
    /// <summary>The event <c>message</c>.</summary>
    Push,

    /// <summary><c>fetch_away_msgs</c>.</summary>
    Away,

    /// <summary><c>send_messages_to_client</c>, which also lists what was delivered before.</summary>
    List,
}

/// <summary>A message that reached a recipient.</summary>
/// <param name="Recipient">The recipient.</param>
/// <param name="Sender">The sender that it names.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Path">How.</param>
/// <param name="LoginAt">When the login of that connection was requested, by the ledger's clock.</param>
internal readonly record struct Arrival(
    string Recipient, string Sender, long Id, string Text, DeliveryPath Path, long LoginAt);
