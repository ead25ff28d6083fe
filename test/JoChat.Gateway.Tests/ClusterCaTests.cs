using System.CommandLine;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Gateway.Tests;

/// <summary>An authority is made once, and issues what every node of the cluster believes.</summary>
public sealed class ClusterCaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Authority => _folder.File("ca");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_issued_certificate_is_for_servers_and_clients_and_chains_to_the_authority()
    {
        await RunAsync(0, "init");
        await RunAsync(0, "issue", "node1.example.org");

        using var authority = Load("authority.crt");
        using var node = Load("node1.example.org.crt");
        Assert.Equal("CN=node1.example.org", node.Subject);
        Assert.True(node.MatchesHostname("node1.example.org"));
        var uses = node.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>();
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], uses.Select(use => use.Value));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(node));
        using var complete = X509Certificate2.CreateFromPemFile(
            Path.Combine(Authority, "node1.example.org.crt"), Path.Combine(Authority, "node1.example.org.key"));
        Assert.True(complete.HasPrivateKey);
    }

    [Fact]
    public async Task An_authority_is_valid_for_ten_years_and_a_node_for_two_but_never_longer_than_the_authority()
    {
        var now = DateTimeOffset.UtcNow;
        var made = ClusterAuthority.Create(now);
        AssertEnd(now.AddYears(10), made.NotAfter);
        using var young = ClusterAuthority.Load(made.Certificate, made.Key, now);
        AssertEnd(now.AddYears(2), young.Issue("a", now).NotAfter);

        var late = now.AddYears(9);
        using var old = ClusterAuthority.Load(made.Certificate, made.Key, late);
        AssertEnd(now.AddYears(10), old.Issue("a", late).NotAfter);

        static void AssertEnd(DateTimeOffset expected, DateTime end) =>
            Assert.Equal(0, (expected - end).TotalSeconds, tolerance: 1);
    }

    [Fact]
    public async Task What_is_there_is_never_overwritten()
    {
        await RunAsync(0, "init");
        await RunAsync(0, "issue", "a");
        var before = Contents();

        Assert.Contains("holds an authority already", await RunAsync(1, "init"), StringComparison.Ordinal);
        Assert.Contains("a.crt\" is there already", await RunAsync(1, "issue", "a"), StringComparison.Ordinal);
        Assert.Contains("is there already", await RunAsync(1, "issue", "authority"), StringComparison.Ordinal);
        File.Delete(Path.Combine(Authority, "a.crt"));
        before.Remove("a.crt");
        Assert.Contains("a.key\" is there already", await RunAsync(1, "issue", "a"), StringComparison.Ordinal);

        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("authority.crt")]
    [InlineData("authority.key")]
    public async Task A_part_of_an_authority_is_not_overwritten_either(string gone)
    {
        await RunAsync(0, "init");
        File.Delete(Path.Combine(Authority, gone));
        var before = Contents();

        await RunAsync(1, "init");
        Assert.Contains($"{gone}\" cannot be read: there is no such file", await RunAsync(1, "issue", "a"),
            StringComparison.Ordinal);

        Assert.Equal(before, Contents());
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Keys_and_new_folders_are_for_their_owner_alone()
    {
        await RunAsync(0, "init");
        await RunAsync(0, "issue", "a", "--out", _folder.File("a"));

        const UnixFileMode Key = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Key, File.GetUnixFileMode(Path.Combine(Authority, "authority.key")));
        Assert.Equal(Key, File.GetUnixFileMode(Path.Combine(_folder.File("a"), "a.key")));
        Assert.Equal(Key | UnixFileMode.UserExecute, File.GetUnixFileMode(Authority));
        Assert.Equal(Key | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a")));
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_others_may_use_is_no_place_for_an_authority()
    {
        Directory.CreateDirectory(Authority);
        File.SetUnixFileMode(Authority, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.OtherRead);

        Assert.Contains("chmod 700", await RunAsync(1, "init"), StringComparison.Ordinal);
        Assert.Empty(Contents());
    }

    [Fact]
    public async Task No_output_holds_a_key_and_each_file_written_is_named()
    {
        var init = await RunAsync(0, "init");
        var issue = await RunAsync(0, "issue", "a");

        Assert.DoesNotContain("PRIVATE KEY", init + issue, StringComparison.Ordinal);
        foreach (var (name, text) in Contents())
        {
            Assert.Contains(Path.Combine(Authority, name), init + issue, StringComparison.Ordinal);
            Assert.DoesNotContain(text.Split('\n')[1], init + issue, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\n")]
    [InlineData("a\u001bb")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("ä")]
    [InlineData("a,CN=b")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123")]
    public async Task A_name_that_is_no_name_of_a_host_and_of_a_file_is_wrong_usage(string name)
    {
        await RunAsync(0, "init");

        Assert.Contains("a node's name ", await RunAsync(2, "issue", name), StringComparison.Ordinal);
        Assert.Equal(2, Contents().Count);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("10.0.0.1")]
    [InlineData("Node_1.example-org")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g12")]
    public async Task A_name_of_a_host_is_taken(string name)
    {
        await RunAsync(0, "init");
        await RunAsync(0, "issue", name);

        using var node = Load($"{name}.crt");
        Assert.Equal(name, node.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    [Theory]
    [InlineData("--dir", "")]
    [InlineData("--out", "")]
    public async Task An_empty_folder_name_is_wrong_usage(string option, string value) =>
        await RunAsync(2, "issue", "a", option, value);

    [Fact]
    public async Task An_authority_that_is_missing_foreign_or_damaged_issues_nothing()
    {
        const string NotOne = "are not those of one authority, or are damaged";
        await FailAsync("there is no authority in ");
        await RunAsync(0, "init");
        var other = ClusterAuthority.Create(DateTimeOffset.UtcNow);
        var key = await File.ReadAllTextAsync(Path.Combine(Authority, "authority.key"));
        await ReplaceAsync("authority.key", other.Key, NotOne);
        await ReplaceAsync("authority.key", "no key", NotOne);
        await ReplaceAsync("authority.key", new string('x', 100_000), "is too long");
        await ReplaceAsync("authority.key", key, null);
        using var node = ClusterAuthority.Load(other.Certificate, other.Key, DateTimeOffset.UtcNow);
        var issued = node.Issue("b", DateTimeOffset.UtcNow);
        await ReplaceAsync("authority.key", issued.Key, NotOne);
        await ReplaceAsync("authority.crt", issued.Certificate, "is not one that \"cluster-ca init\" makes");

        async Task ReplaceAsync(string file, string text, string? fault)
        {
            await File.WriteAllTextAsync(Path.Combine(Authority, file), text);
            if (fault is null) { await RunAsync(0, "issue", "a"); }
            else { await FailAsync(fault); }
        }

        async Task FailAsync(string fault) =>
            Assert.Contains(fault, await RunAsync(1, "issue", "never"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-11, "expired on ")]
    [InlineData(1, "is not valid before ")]
    public async Task An_authority_at_the_wrong_time_issues_nothing(int years, string fault)
    {
        await RunAsync(0, "init");
        var made = ClusterAuthority.Create(DateTimeOffset.UtcNow.AddYears(years));
        await File.WriteAllTextAsync(Path.Combine(Authority, "authority.crt"), made.Certificate);
        await File.WriteAllTextAsync(Path.Combine(Authority, "authority.key"), made.Key);

        Assert.Contains(fault, await RunAsync(1, "issue", "a"), StringComparison.Ordinal);
        Assert.Equal(2, Contents().Count);
    }

    [MountFact]
    public async Task A_full_disk_leaves_nothing_half_written()
    {
        Directory.CreateDirectory(_folder.File("small"));
        using var disk = Mount.Memory(_folder.File("small"), kibibytes: 8);
        await RunAsync(0, "init");
        var taken = Path.Combine(_folder.File("small"), "taken");
        await File.WriteAllBytesAsync(taken, new byte[4096]);

        // The certificate still fits, the key does not.
        var fault = await RunAsync(1, "issue", "a", "--out", _folder.File("small"));

        Assert.Contains("a.key\" cannot be written: ", fault, StringComparison.Ordinal);
        Assert.Equal([taken], Directory.EnumerateFileSystemEntries(_folder.File("small")));
    }

    [MountFact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_folder.File("fixed"));
        using var disk = Mount.ReadOnly(_folder.File("fixed"));
        await RunAsync(0, "init");

        Assert.Contains("fixed", await RunAsync(1, "init", "--dir", _folder.File("fixed/ca")), StringComparison.Ordinal);
        Assert.Contains("fixed/a.crt\" cannot be written: ",
            await RunAsync(1, "issue", "a", "--out", _folder.File("fixed")), StringComparison.Ordinal);
    }

    // What was said, on either output.
    private async Task<string> RunAsync(int expectedStatus, params string[] arguments)
    {
        using var output = new StringWriter();
        string[] folder = arguments.Contains("--dir") ? [] : ["--dir", Authority];
        var parsed = new CommandLine().Create(_ => Task.FromResult(99))
            .Parse(["cluster-ca", .. arguments, .. folder], GatewayProcess.Parsing);
        if (parsed.Errors.Count > 0)
        {
            Assert.Equal(2, expectedStatus);
            return string.Join('\n', parsed.Errors.Select(error => error.Message));
        }
        var status = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        Assert.True(expectedStatus == status, $"{status}: {output}");
        return output.ToString();
    }

    private SortedDictionary<string, string> Contents() => new(Directory.EnumerateFiles(Authority)
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);

    private X509Certificate2 Load(string file) =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Authority, file));
}
