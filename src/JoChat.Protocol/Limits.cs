namespace JoChat.Protocol;

/// <summary>The bounds that both sides know. Those a server can set otherwise are told in its answer to <c>hello</c>.
/// </summary>
public static class Limits
{
    /// <summary>Longest frame body accepted by default, in bytes.</summary>
    public const int DefaultMaxFrameBytes = 1024 * 1024;

    /// <summary>Longest username, in Unicode characters (scalar values) after normalisation.</summary>
    public const int MaxUsernameCharacters = 64;

    /// <summary>Longest password, in bytes of UTF-8.</summary>
    public const int MaxPasswordBytes = 1024;

    /// <summary>Longest content of a message, in bytes of UTF-8.</summary>
    public const int MaxContentBytes = 65_535;

    /// <summary>Most accounts in one answer to <c>list_accounts</c>; a larger count is capped.</summary>
    public const int MaxListedAccounts = 1000;

    /// <summary>Most bytes of content in one answer that lists messages, the first message always included. What does
    /// not fit stays away (<c>fetch_away_msgs</c>), or the newest are kept (<c>send_messages_to_client</c>).</summary>
    public const int MaxListedContentBytes = 4 * 1024 * 1024;

    /// <summary>Longest <c>id</c> of a request that is echoed, in bytes as it stands in the JSON text.</summary>
    public const int MaxRequestIdBytes = 128;
}
