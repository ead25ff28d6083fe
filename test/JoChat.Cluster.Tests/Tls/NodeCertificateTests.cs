using System.Runtime.Versioning;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>A node's files are loaded if other nodes would take them; else the operator is told why not.</summary>
public sealed class NodeCertificateTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Files_of_one_authority_are_loaded_and_tell_when_they_end()
    {
        using var node = NodeCertificate.Load(_authority.Issue(notAfter: TestAuthority.Now.AddDays(5)), TimeProvider.System);

        Assert.True(node.Own.HasPrivateKey);
        Assert.Equal(0, (TestAuthority.Now.AddDays(5) - node.NotAfter).TotalSeconds, tolerance: 1);
        Assert.Equal(0, (TestAuthority.Now.AddYears(1) - node.AuthorityNotAfter).TotalSeconds, tolerance: 1);
    }

    [Fact]
    public void What_is_of_concern_grows_with_time()
    {
        using var authority = new TestAuthority(TestAuthority.Now.AddDays(100));
        using var node = NodeCertificate.Load(
            authority.Issue(notAfter: TestAuthority.Now.AddDays(90)), TimeProvider.System);

        Assert.Equal(NodeCertificateConcerns.None, After(59));
        Assert.Equal(NodeCertificateConcerns.ExpiresSoon, After(61));
        Assert.Equal(NodeCertificateConcerns.ExpiresSoon | NodeCertificateConcerns.AuthorityExpiresSoon, After(71));
        Assert.Equal(NodeCertificateConcerns.Expired | NodeCertificateConcerns.AuthorityExpiresSoon, After(91));
        Assert.Equal(NodeCertificateConcerns.Expired | NodeCertificateConcerns.AuthorityExpired, After(101));

        NodeCertificateConcerns After(int days) => node.FindConcerns(TestAuthority.Now.AddDays(days));
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_others_can_read_is_of_concern()
    {
        var files = _authority.Issue();
        File.SetUnixFileMode(files.Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        using var node = NodeCertificate.Load(files, TimeProvider.System);

        Assert.Equal(NodeCertificateConcerns.KeyIsExposed, node.FindConcerns(TestAuthority.Now));
    }

    [Fact]
    public void A_missing_file_is_told_with_its_setting()
    {
        var files = _authority.Issue();

        AssertFault("certificate", "no.crt", "there is no such file", files with { Certificate = "no.crt" });
        AssertFault("key", "no.key", "there is no such file", files with { Key = "no.key" });
        AssertFault("authority", "no.crt", "there is no such file", files with { Authority = "no.crt" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void What_is_no_certificate_is_told(string text)
    {
        var files = _authority.Issue();
        _authority.Write("bad", text);
        var bad = _authority.File("bad");

        AssertFault("certificate", bad, "it holds no certificate in PEM", files with { Certificate = bad });
        AssertFault("authority", bad, "it holds no certificate in PEM", files with { Authority = bad });
        AssertFault("key", bad, "it holds no private key in PEM", files with { Key = bad });
    }

    [Fact]
    public void Several_authorities_or_a_file_without_an_end_are_not_taken()
    {
        var files = _authority.Issue();
        var two = _authority.File("two");
        _authority.Write("two", File.ReadAllText(files.Authority) + "\n" + File.ReadAllText(_other.Issue().Authority));
        AssertFault("authority", two, "it holds several certificates, and must hold one", files with { Authority = two });
        _authority.Write("two", new string('\n', 70_000));
        AssertFault("key", two, "it is too long", files with { Key = two });
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        var files = _authority.Issue("a");
        var other = _authority.Issue("b").Key;

        AssertFault("key", other, "its private key is not that of the node's certificate, or is damaged",
            files with { Key = other });
        _authority.Write("c", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        AssertFault("key", _authority.File("c"), "its private key is locked, and must not be",
            files with { Key = _authority.File("c") });
    }

    [Fact]
    public void A_certificate_that_other_nodes_would_refuse_is_told()
    {
        const string Foreign = "it was not issued by the cluster's authority";
        const string WrongUse = "it is not for use as a server and as a client (extended key usage)";
        Assert.StartsWith("it expired on 20", Fault(_authority.Issue(notAfter: TestAuthority.Now.AddDays(-1))),
            StringComparison.Ordinal);
        Assert.StartsWith("it is not valid before 20", Fault(_authority.Issue(notBefore: TestAuthority.Now.AddDays(1))),
            StringComparison.Ordinal);
        Assert.Equal(Foreign, Fault(_other.Issue() with { Authority = _authority.Issue().Authority }));
        Assert.Equal(Foreign, Fault(_authority.Issue(isSelfSigned: true)));
        Assert.Equal(WrongUse, Fault(_authority.Issue(uses: TestAuthority.ServerUse)));
        Assert.Equal(WrongUse, Fault(_authority.Issue(uses: TestAuthority.ClientUse)));
        Assert.Equal(WrongUse, Fault(_authority.Issue(uses: "")));

        static string Fault(NodeFiles files) => Assert.Throws<InvalidDataException>(
            () => NodeCertificate.Load(files, TimeProvider.System)).Message.Split(" cannot be used: ")[1];
    }

    [Fact]
    public void An_authority_that_is_none_or_has_expired_is_told()
    {
        var files = _authority.Issue();
        AssertFault("authority", files.Certificate, "it is not the certificate of an authority",
            files with { Authority = files.Certificate });
        using var old = new TestAuthority(TestAuthority.Now.AddDays(-1));

        var fault = Assert.Throws<InvalidDataException>(() => NodeCertificate.Load(old.Issue(), TimeProvider.System));

        Assert.Contains("cannot be used: the authority's expired on 20", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertFault(string setting, string path, string why, NodeFiles files) => Assert.Equal(
        $"jochat.cluster.tls.{setting}: \"{path}\" cannot be used: {why}",
        Assert.Throws<InvalidDataException>(() => NodeCertificate.Load(files, TimeProvider.System)).Message);
}
