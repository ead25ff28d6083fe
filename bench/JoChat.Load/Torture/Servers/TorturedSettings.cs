namespace JoChat.Load.Torture;

/// <summary>How a server is set up for the torture.</summary>
internal static class TorturedSettings
{
    /// <summary>Without limits that the clients would meet: old passwords and tokens are tried again and again, all from one
    /// address.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        .. ChatServer.WithoutLimits,
        "--set", "jochat.session.password-shelter=0",
        "--set", "jochat.accounts.guesses-per-minute=1000000",
        "--set", "jochat.accounts.address-guesses-per-minute=1000000",
        "--set", "jochat.accounts.hold-deleted-names=0",
    ];
}
