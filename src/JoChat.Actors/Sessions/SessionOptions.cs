namespace JoChat.Actors;

/// <summary>How sessions behave.</summary>
public sealed record SessionOptions
{
    /// <summary>The server's name and version, told in the answer to <c>hello</c>, as in <c>jochat/1.2.3</c>.</summary>
    public string ServerName { get; init; } = "jochat";

    /// <summary>Longest frame body the gateway accepts, in bytes, told in the answer to <c>hello</c>.</summary>
    public int MaxFrameBytes { get; init; } = Protocol.Limits.DefaultMaxFrameBytes;

    /// <summary>Most messages pushed before one is acknowledged, ≥ 1; told in the answer to <c>hello</c>.</summary>
    public int WindowMessages { get; init; } = Protocol.Limits.DefaultWindowMessages;

    /// <summary>Most bytes of content pushed before some is acknowledged, ≥ 1, but for a single longer message; told in
    /// the answer to <c>hello</c>.</summary>
    public int WindowBytes { get; init; } = Protocol.Limits.DefaultWindowBytes;

    /// <summary>How long a token for <c>resume</c> is good for, > 0, from the login that gave it.</summary>
    public TimeSpan ResumeExpiry { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a connection may be without a login before it is closed, whatever it asks; zero: for
    /// ever.</summary>
    public TimeSpan GuestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a logged-in connection may ask nothing before it is closed; zero: for ever.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Whether <c>list_accounts</c> works without a login, as it did in the original.</summary>
    public bool AllowAnonymousListing { get; init; }

    /// <summary>Whom <c>list_accounts</c> and <c>presence</c> show.</summary>
    public AccountDirectory Directory { get; init; }

    /// <summary>Whether <c>reset_db</c> works, for everyone who can connect.</summary>
    public bool AllowResetDatabase { get; init; }
}
