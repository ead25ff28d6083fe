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

    /// <summary>Most messages in one answer to <c>fetch_away_msgs</c>; a larger limit is capped, and
    /// <see cref="MaxListedBytes"/> holds too: what does not fit stays away.</summary>
    public const int MaxFetchedMessages = 1000;

    /// <summary>Longest <c>client_id</c> of a message, in bytes of UTF-8.</summary>
    public const int MaxClientIdBytes = 64;

    /// <summary>Most people in one answer to <c>conversations</c>; a larger count is capped.</summary>
    public const int MaxListedConversations = 100;

    /// <summary>Most messages in one answer to <c>history</c>; a larger count is capped, and
    /// <see cref="MaxListedBytes"/> holds too: the newest are kept.</summary>
    public const int MaxHistoryMessages = 500;

    /// <summary>Most messages in one answer to <c>inbox</c>; a larger count is capped, and <see cref="MaxListedBytes"/>
    /// holds too.</summary>
    public const int MaxInboxMessages = 500;

    /// <summary>Most accounts that one account may block.</summary>
    public const int MaxBlocked = 10_000;

    /// <summary>Most accounts in one answer to <c>blocked</c>; a larger count is capped.</summary>
    public const int MaxListedBlocked = 1000;

    /// <summary>Most side sessions of one account at the same time.</summary>
    public const int MaxSideSessions = 16;

    /// <summary>Most people of whom one <c>presence</c> may ask.</summary>
    public const int MaxPresenceNames = 256;

    /// <summary>Most ids in one event <c>receipt</c>: the newest; it holds for all earlier messages to the same person.
    /// </summary>
    public const int MaxReceiptIds = 256;

    /// <summary>Most messages that may be pushed and not acknowledged, unless the server is configured otherwise.
    /// </summary>
    public const int DefaultWindowMessages = 256;

    /// <summary>Most bytes of content that may be pushed and not acknowledged, unless the server is configured
    /// otherwise; one message always fits.</summary>
    public const int DefaultWindowBytes = 256 * 1024;

    /// <summary>Longest <c>id</c> of a request that is echoed, in bytes as it stands in the JSON text.</summary>
    public const int MaxRequestIdBytes = 128;
}
