namespace JoChat.Load.Torture;

/// <summary>How a server is set up for the torture.</summary>
internal static class TorturedSettings
{
    /// <summary>Without limits that the clients would meet, and with cheap passwords. Old passwords and tokens are tried again
    /// and again, all from one address.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        .. new[]
        {
            "accounts.password-iterations=1",
            "accounts.max-unread-from-one=100000000", "accounts.max-unread=100000000",
            "accounts.max-stored=1PiB", "storage.min-free=0",
            "accounts.requests-per-second=10000000", "accounts.bytes-per-second=2147483647",
            "session.password-shelter=0",
            "gateway.connections-per-second=1000000",
            "accounts.guesses-per-minute=1000000", "accounts.hold-deleted-names=0",
            "accounts.address-guesses-per-minute=1000000",
        }.SelectMany(setting => (string[])["--set", "jochat." + setting]),
    ];
}
