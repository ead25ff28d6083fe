using JoChat.Cli.Chat;
using JoChat.Cli.Tls;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>The values of the options that every verb and the chat share.</summary>
internal sealed record CliSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The server, as logins are kept for it.</summary>
    public ServerAddress Server => new(Host, Port);

    public WireEncoding Encoding { get; init; }

    public TlsSettings Tls { get; init; } = new();

    /// <summary>Whose account; null means ask.</summary>
    public string? User { get; init; }

    /// <summary>The file whose first line is the password, or <c>-</c> for standard input; null means ask.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Longest wait for the connection and for each answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the chat ends the account's session elsewhere without asking.</summary>
    public bool TakesOver { get; init; }

    /// <summary>How the chat calls for attention.</summary>
    public NoticeMode Notices { get; init; }

    public bool IsColourForbidden { get; init; }

    public bool IsJson { get; init; }

    /// <summary>The client options of a verb: one connection, and a session beside the account's own.</summary>
    public JoChatClientOptions ToClientOptions() => new()
    {
        Host = Host,
        Port = Port,
        UseTls = Tls.IsUsedFor(Host),
        Encoding = Encoding,
        ConnectTimeout = Timeout,
        RequestTimeout = Timeout,
        Features = Features.Side | Features.Rotate,
        Reconnect = false,
        KeepAlive = Timeout / 2, // a server that is silent for twice as long is gone
    };

    /// <summary>The client options of the chat, which receives messages as they arrive.</summary>
    /// <param name="reconnect">Whether to connect again when the connection is lost.</param>
    public JoChatClientOptions ToChatOptions(bool reconnect) => ToClientOptions() with
    {
        Features = Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence
            | Features.Rotate,
        KeepAlive = new JoChatClientOptions().KeepAlive,
        Reconnect = reconnect,
    };
}
