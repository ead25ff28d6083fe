using JoChat.Client;

namespace JoChat.Cli;

/// <summary>The options that every verb and the chat share, as given.</summary>
internal sealed record Settings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Whose account; null means ask.</summary>
    public string? User { get; init; }

    /// <summary>Where the password's line is: a path, or <c>-</c> for standard input; null means ask.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Longest wait for the connection and for each answer.</summary>
    public required TimeSpan Timeout { get; init; }

    public bool IsColourForbidden { get; init; }

    public bool IsJson { get; init; }

    /// <summary>The same for the client library.</summary>
    public JoChatClientOptions ToClientOptions(bool push) => new()
    {
        Host = Host,
        Port = Port,
        ConnectTimeout = Timeout,
        RequestTimeout = Timeout,
        Push = push,
    };
}
