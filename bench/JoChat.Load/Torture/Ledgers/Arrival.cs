namespace JoChat.Load.Torture;

/// <summary>How a message came to its recipient.</summary>
internal enum Way
{
    /// <summary>The event <c>message</c>.</summary>
    Push,

    /// <summary><c>fetch_away_msgs</c>.</summary>
    Away,

    /// <summary><c>send_messages_to_client</c>, which lists what was received before too.</summary>
    List,
}

/// <summary>A message that came to somebody.</summary>
/// <param name="Recipient">To whom.</param>
/// <param name="Sender">From whom, as told.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Way">How.</param>
/// <param name="LoginAt">When the login of that connection was asked for, by the ledger's clock.</param>
internal readonly record struct Arrival(
    string Recipient, string Sender, long Id, string Text, Way Way, long LoginAt);
