namespace JoChat.Client;

/// <summary>How a <see cref="JoChatClient"/> connects and how long it waits.</summary>
public sealed record JoChatClientOptions
{
    /// <summary>The port a JoChat server listens on unless configured otherwise.</summary>
    public const int DefaultPort = 5555;

    /// <summary>Name or address of the server.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the server, 1 to 65,535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Longest wait for the TCP connection; more than zero.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the answer to one request, the wait for its turn included; more than zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether to ask the server to push messages as they arrive. If not, no <c>hello</c> is sent, and all
    /// that an original server sees beyond its protocol is the <c>id</c> of requests, which it ignores.</summary>
    public bool Push { get; init; }

    /// <summary>Most pushed messages held for <see cref="JoChatClient.ReadMessagesAsync"/>, ≥ 1.</summary>
    /// <remarks>When it is full the client stops reading its socket, so that the backlog stays in the server's store
    /// instead of in this process. Answers travel behind the messages, so they wait too: whoever asks for push must
    /// read the messages while it awaits answers, or its requests time out.</remarks>
    public int MessageBuffer { get; init; } = 256;

    /// <summary>Most requests on their way at once, ≥ 1; further ones wait for their turn within
    /// <see cref="RequestTimeout"/>.</summary>
    public int MaxPendingRequests { get; init; } = 64;

    /// <summary>Longest frame body accepted from the server, in bytes. The default holds the longest list of messages
    /// even if JSON escapes each of its characters.</summary>
    public int MaxFrameBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Name and version told to the server when <see cref="Push"/> is asked for.</summary>
    public string ClientName { get; init; } = "jochat-dotnet/0.1.0";

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
