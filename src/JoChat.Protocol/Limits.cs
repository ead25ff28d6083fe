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

    /// <summary>Longest pattern of <c>list_accounts</c>, in UTF-16 code units.</summary>
    public const int MaxPatternCharacters = 256;

    /// <summary>Most ids in one <c>delete_messages</c>.</summary>
    public const int MaxDeletedMessages = 10_000;

    /// <summary>Most bytes in one answer that lists messages, each counted as its content and 100 bytes more; the first
    /// message always fits. What does not fit stays away (<c>fetch_away_msgs</c>), or the newest are kept
    /// (<c>send_messages_to_client</c>).</summary>
    public const int MaxListedBytes = 1024 * 1024;

    /// <summary>Longest <c>id</c> of a request that is echoed, in bytes as it stands in the JSON text.</summary>
    public const int MaxRequestIdBytes = 128;
}
