using System.Security.Cryptography.X509Certificates;
using JoChat.Client;

namespace JoChat.Cli.Tls;

/// <summary>What the options say of TLS.</summary>
internal sealed record TlsSettings
{
    public TlsMode Mode { get; init; }

    /// <summary>Who may sign certificates, instead of those whom this machine trusts; null: those.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The one certificate that is accepted, by its fingerprint; null: any that is trusted.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where that fingerprint is written.</summary>
    public string? FingerprintPlace { get; init; }

    /// <summary>Whether to speak TLS with a host. One certificate is expected of any, this machine included.</summary>
    public bool IsUsedFor(string host) => Mode == TlsMode.On
        || (Mode == TlsMode.Require && (Fingerprint is not null || !JoChatClientOptions.IsLoopback(host)));
}
