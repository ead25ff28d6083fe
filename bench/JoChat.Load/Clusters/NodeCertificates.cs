using JoChat.Gateway;

namespace JoChat.Load;

/// <summary>Certificates of a cluster's nodes. All nodes of a run share one.</summary>
internal static class NodeCertificates
{
    /// <summary>Makes an authority and a certificate.</summary>
    /// <param name="folder">Where; made if it is missing.</param>
    /// <returns>What a node is told of them.</returns>
    public static IReadOnlyList<string> Make(string folder)
    {
        var (files, now) = (new AuthorityFolder(folder), DateTimeOffset.UtcNow);
        files.Create(now);
        using var authority = files.Load(now);
        var issued = authority.Issue("node", now);
        var (certificate, key) = (Path.Combine(folder, "node.crt"), Path.Combine(folder, "node.key"));
        NewFiles.Write(
            new NewFile(certificate, issued.Certificate, IsSecret: false), new NewFile(key, issued.Key, IsSecret: true));
        return
        [
            "--set", $"jochat.cluster.tls.certificate={certificate}", "--set", $"jochat.cluster.tls.key={key}",
            "--set", $"jochat.cluster.tls.authority={files.Certificate}",
        ];
    }
}
