using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Where the server's certificate is.</summary>
/// <param name="CertificatePath">A PEM file, its chain behind it, or a PFX file.</param>
/// <param name="KeyPath">The PEM file of the private key; null if it is in the certificate's file.</param>
/// <param name="Password">What a PFX file or an encrypted key is locked with; null if nothing.</param>
internal sealed record TlsOptions(string CertificatePath, string? KeyPath, Secret? Password);
