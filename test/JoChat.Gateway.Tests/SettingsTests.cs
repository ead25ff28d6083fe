using System.Globalization;
using System.Text.RegularExpressions;
using JoChat.Actors;
using JoChat.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>The defaults, the sample file and the judgement of settings agree.</summary>
public sealed partial class SettingsTests
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "jochat.conf");

    [Fact]
    public void The_sample_file_holds_the_defaults()
    {
        var defaults = Settings.Read(new ConfigurationBuilder().Build(), out var none);
        var sample = Settings.Read(new ConfigurationBuilder().AddHoconFile(Sample).Build(), out var faults);

        Assert.Empty(none);
        Assert.Empty(faults);
        Assert.Equal(defaults with { Given = sample.Given }, sample);
    }

    [Fact]
    public void The_sample_file_names_every_setting_and_no_other()
    {
        var text = Uncommented().Replace(File.ReadAllText(Sample), "$1$2");
        var named = new ConfigurationBuilder()
            .AddHoconString(text, keptAsJson: ActorSettings.AkkaSection)
            .Build();
        var reader = new KnownKeys();

        _ = Settings.Read(reader.Over(named), out var faults);

        Assert.Empty(faults);
        Assert.DoesNotContain(reader.Asked, key => !named.GetSection(key).Exists());
    }

    [Theory]
    [InlineData("gateway.host", "example.org")]
    [InlineData("gateway.port", "65536")]
    [InlineData("gateway.port", "-1")]
    [InlineData("gateway.port", "")]
    [InlineData("gateway.protocol", "morse")]
    [InlineData("gateway.handshake-timeout", "0s")]
    [InlineData("gateway.tls.key", "key.pem")]
    [InlineData("http.host", "example.org")]
    [InlineData("gateway.tls.required", "maybe")]
    [InlineData("gateway.trusted-proxies", "proxy.example.org")]
    [InlineData("gateway.trusted-proxies", "10.0.0.1/33")]
    [InlineData("gateway.max-guests", "0")]
    [InlineData("gateway.connections-per-second", "0")]
    [InlineData("gateway.max-buffered", "1KiB")]
    [InlineData("accounts.max-unread", "0")]
    [InlineData("accounts.max-unread-from-one", "many")]
    [InlineData("accounts.max-stored", "-1")]
    [InlineData("accounts.hold-deleted-names", "forever")]
    [InlineData("accounts.directory", "nobody")]
    [InlineData("session.password-shelter", "-1s")]
    [InlineData("storage.min-free", "some")]
    [InlineData("storage.retention", "90")] // ms
    [InlineData("storage.retention", "23h")]
    [InlineData("storage.retention", "-1d")]
    [InlineData("storage.retention", "36501d")]
    [InlineData("gateway.max-connections-per-address", "0")]
    [InlineData("accounts.guesses-per-minute", "0")]
    [InlineData("http.port", "65536")]
    [InlineData("http.allowed-hosts", "chat.example.org:443")]
    [InlineData("http.allowed-hosts", "https://chat.example.org")]
    [InlineData("http.allowed-hosts", "chat.example.org, *")]
    [InlineData("http.allowed-hosts", "bücher.example.org")]
    [InlineData("http.allowed-origins", "chat.example.org")]
    [InlineData("http.allowed-origins", "https://chat.example.org/")]
    [InlineData("http.allowed-origins", "https://chat.example.org,*")]
    [InlineData("gateway.protocol", "1")]
    [InlineData("gateway.protocol", "json,auto")]
    [InlineData("storage.path", "")]
    [InlineData("gateway.max-frame", "65MiB")]
    [InlineData("gateway.max-frame", "1KB")]
    [InlineData("gateway.max-requests-in-flight", "0")]
    [InlineData("gateway.shutdown-timeout", "-1s")]
    [InlineData("storage.check-at-start", "sometimes")]
    [InlineData("storage.max-batch-writes", "1.5")]
    [InlineData("accounts.anonymous-listing", "maybe")]
    [InlineData("session.idle-timeout", "25d")]
    [InlineData("log-level", "7")]
    [InlineData("actors.log-level", "loud")]
    [InlineData("actors.dispatchers.sessions.throughput", "0")]
    [InlineData("actors.dispatchers.persistence.type", "pin")]
    [InlineData("actors.dispatchers.persistence.throughput", "10001")]
    public void A_value_out_of_range_is_named_with_its_key(string key, string value)
    {
        _ = Settings.Read(With(key, value), out var faults);

        var fault = Assert.Single(faults);
        Assert.StartsWith($"jochat.{key}: expected ", fault, StringComparison.Ordinal);
        Assert.EndsWith($", came \"{value}\"", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway.host", "0.0.0.0")]
    [InlineData("gateway.host", "::")]
    [InlineData("gateway.host", "192.0.2.7")]
    [InlineData("http.host", "0.0.0.0")]
    public void An_address_that_others_reach_needs_TLS_or_somebody_who_says_that_it_does_not(string key, string host)
    {
        _ = Settings.Read(With(key, host), out var faults);
        Assert.StartsWith($"jochat.{key}: {host} needs TLS", Assert.Single(faults), StringComparison.Ordinal);

        var open = Settings.Read(With(key, host, "gateway.tls.required", "off"), out faults).Gateway;
        Assert.Empty(faults);
        Assert.Equal((false, true), (open.RequiresTls, open.MayBeUnencrypted));

        var closed = Settings.Read(With(key, host, "gateway.tls.certificate", "c.pem"), out faults).Gateway;
        Assert.Empty(faults);
        Assert.Equal((true, false), (closed.RequiresTls, closed.MayBeUnencrypted));

        var both = Settings.Read(
            With(key, host, "gateway.tls.certificate", "c.pem", "gateway.tls.required", "off"), out faults).Gateway;
        Assert.Empty(faults);
        Assert.Equal((false, true), (both.RequiresTls, both.MayBeUnencrypted));
    }

    [Fact]
    public void TLS_cannot_be_required_without_a_certificate_and_on_loopback_it_need_not_be()
    {
        _ = Settings.Read(With("gateway.tls.required", "on"), out var faults);
        Assert.Equal("jochat.gateway.tls.required: on needs jochat.gateway.tls.certificate", Assert.Single(faults));

        var standard = Settings.Read(With("gateway.host", "127.0.0.5"), out faults).Gateway;
        Assert.Empty(faults);
        Assert.Equal((false, false), (standard.RequiresTls, standard.MayBeUnencrypted));
    }

    [Fact]
    public void An_engine_and_its_connection_string_belong_together_and_no_password_is_told()
    {
        _ = Settings.Read(With("storage.engine", "postgres"), out var faults);
        Assert.Equal(
            "jochat.storage.postgres.connection-string: is missing; such as "
            + "Host=127.0.0.1;Database=chat;Username=chat;Password=...",
            Assert.Single(faults));

        _ = Settings.Read(With("storage.postgres.connection-string", "Host=h;Password=secret"), out faults);
        Assert.Equal(
            "jochat.storage.postgres.connection-string: needs jochat.storage.engine = postgres", Assert.Single(faults));
    }

    [Theory]
    [InlineData("is missing: whom a node asks for the cluster, such as \"127.0.0.1:5590\"")]
    [InlineData("expected host:port, separated by commas, came \"10.0.0.1\"", "cluster.seed-nodes", "10.0.0.1")]
    [InlineData("expected host:port, separated by commas, came \"h:0\"", "cluster.seed-nodes", "g:1,h:0")]
    [InlineData("expected host:port, separated by commas, came \"0.0.0.0:1\"", "cluster.seed-nodes", "0.0.0.0:1")]
    [InlineData("expected host:port, separated by commas, came \"a\"b:1\"", "cluster.seed-nodes", "a\"b:1")]
    [InlineData("expected host:port, separated by commas, came \"[::1]:1\"", "cluster.seed-nodes", "[::1]:1")]
    public void A_node_names_whom_it_asks_for_the_cluster(string fault, params string[] more)
    {
        _ = Settings.Read(With(["cluster.role", "gateway", .. more]), out var faults);

        Assert.Equal($"jochat.cluster.seed-nodes: {fault}", Assert.Single(faults));
    }

    [Theory]
    [InlineData("cluster.host: expected the IPv4 address or name at which the other nodes reach this one, came \"0.0.0.0\"",
        "cluster.host", "0.0.0.0", "cluster.tls.certificate", "c", "cluster.tls.key", "k", "cluster.tls.authority", "a")]
    [InlineData("cluster.host: 10.0.0.1 needs cluster.tls, or whoever reaches it could read and send all that nodes tell each "
        + "other; jochat-gateway cluster-ca makes the files", "cluster.host", "10.0.0.1")]
    [InlineData("cluster.host: localhost.evil.org needs cluster.tls, or whoever reaches it could read and send all that nodes "
        + "tell each other; jochat-gateway cluster-ca makes the files", "cluster.host", "localhost.evil.org")]
    [InlineData("cluster.tls: needs all three of certificate, key and authority", "cluster.tls.key", "k")]
    [InlineData("cluster.tls: needs all three of certificate, key and authority",
        "cluster.tls.certificate", "c", "cluster.tls.key", "k")]
    [InlineData("cluster.role: expected one of alone, gateway, store, both, came \"lone\"", "cluster.role", "lone")]
    [InlineData("cluster.port: expected a whole number from 1 to 65535, came \"0\"", "cluster.port", "0")]
    public void What_a_node_cannot_be_is_refused(string fault, params string[] settings)
    {
        _ = Settings.Read(With([.. settings, "cluster.seed-nodes", "a:1", "cluster.role", "store"]), out var faults);

        Assert.Equal($"jochat.{fault}", Assert.Single(faults));
    }

    [Theory]
    [InlineData("jochta:gateway:port", "jochta")]
    [InlineData("gateway:port", "gateway")]
    [InlineData("jochat", "jochat")]
    public void A_setting_outside_of_the_sections_is_a_fault(string key, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "5")]).Build();

        _ = Settings.Read(configuration, out var faults);

        Assert.Equal(
            $"{named}: there is no such setting; all are below jochat or akka", Assert.Single(faults));
    }

    [Fact]
    public void A_setting_that_does_not_exist_is_a_fault()
    {
        _ = Settings.Read(With("gateway.prot", "5"), out var faults);

        Assert.Equal("jochat.gateway.prot: there is no such setting", Assert.Single(faults));
    }

    [Fact]
    public void Values_reach_the_options_they_name()
    {
        var settings = Settings.Read(new ConfigurationBuilder().AddHoconString("""
            jochat {
              gateway { host = "::1", port = 1, max-frame = 2KiB, max-connections = 3, max-requests-in-flight = 4,
                        output-buffer = 5KiB, shutdown-timeout = 6s, protocol = binary, handshake-timeout = 16s,
                        tls { certificate = c.pem, key = k.pem, password = secret } }
              http { host = "::2", port = 17, allowed-hosts = "a.org, 192.0.2.1, ::1, [::2], my_host",
                     allowed-origins = "https://a.org, http://b.org:18" }
              storage { engine = postgres, postgres.connection-string = "Host=h"
                        path = "seven.db", check-at-start = off, max-batch-writes = 8, max-batch = 9KiB, retention = 20d }
              cluster { role = both, host = "node1.example.org", port = 19, seed-nodes = "n1.example.org:5590, 10.0.0.2:5590"
                        tls { certificate = n.pem, key = nk.pem, authority = ca.pem } }
              accounts { anonymous-listing = on, directory = contacts, password-iterations = 10, password-workers = 11,
                         password-queue = 12 }
              session { guest-timeout = 13s, idle-timeout = 14s }
              dev.allow-reset-db = yes
              actors { throughput = 15, log-level = debug }
              log-level = error
            }
            """).Build(), out var faults);

        Assert.Empty(faults);
        Assert.Equal(("::1", 1, 2048, 3, 4, 5120, TimeSpan.FromSeconds(6)), (settings.Gateway.Host.ToString(),
            settings.Gateway.Port, settings.Gateway.MaxFrameBytes, settings.Gateway.MaxConnections,
            settings.Gateway.MaxRequestsInFlight, settings.Gateway.OutputBufferBytes,
            settings.Gateway.ShutdownTimeout));
        var tls = new TlsOptions("c.pem", "k.pem", new("secret"));
        Assert.Equal((SpokenProtocols.Binary, TimeSpan.FromSeconds(16), tls),
            (settings.Gateway.Protocol, settings.Gateway.HandshakeTimeout, settings.Gateway.Tls));
        Assert.Equal(("::2", 17, "https://a.org, http://b.org:18"), (settings.Gateway.Http?.Host.ToString(),
            settings.Gateway.Http?.Port, settings.Gateway.Http?.AllowedOrigins));
        Assert.Equal("a.org, 192.0.2.1, ::1, [::2], my_host", settings.Gateway.Http?.AllowedHosts);
        Assert.Equal(
            new StorageSettings { Engine = StorageEngine.Postgres, Path = "seven.db", ChecksAtStart = false, ConnectionString = "Host=h" },
            settings.Storage);
        Assert.Equal(("node1.example.org:19", true, true, true), (settings.Cluster.ToString(),
            settings.Cluster.IsGateway, settings.Cluster.IsStore, settings.Cluster.HasTls));
        Assert.Equal(["n1.example.org:5590", "10.0.0.2:5590"], settings.Cluster.SeedNodeList);
        Assert.Equal(("n.pem", "nk.pem", "ca.pem"), (
            settings.Cluster.Certificate, settings.Cluster.Key, settings.Cluster.Authority));
        Assert.Equal((8, 9L * 1024, TimeSpan.FromDays(20)), (
            settings.Chat.Persistence.MaxBatchWrites, settings.Chat.Persistence.MaxBatchBytes,
            settings.Chat.Persistence.Retention));
        Assert.Equal((10, 11, 12), (settings.Chat.Passwords.Iterations,
            settings.Chat.Passwords.Workers, settings.Chat.Passwords.QueueLimit));
        Assert.Equal((true, TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(14), true, 2048), (
            settings.Chat.Sessions.AllowAnonymousListing, settings.Chat.Sessions.GuestTimeout,
            settings.Chat.Sessions.IdleTimeout, settings.Chat.Sessions.AllowResetDatabase,
            settings.Chat.Sessions.MaxFrameBytes));
        Assert.Equal(AccountDirectory.Contacts, settings.Chat.Sessions.Directory);
        Assert.Contains("throughput = 15", settings.Chat.ActorConfiguration, StringComparison.Ordinal);
        Assert.Contains("loglevel = \"DEBUG\"", settings.Chat.ActorConfiguration, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, settings.Log.Level);
    }

    [Fact]
    public void Port_0_turns_HTTP_off()
    {
        var settings = Settings.Read(With("http.port", "0"), out var faults);

        Assert.Empty(faults);
        Assert.Null(settings.Gateway.Http);
    }

    // Of a key that is there twice, the first counts.
    private static IConfiguration With(params string[] keysAndValues) => new ConfigurationBuilder()
        .AddInMemoryCollection(keysAndValues.Chunk(2).DistinctBy(pair => pair[0]).Select(pair => KeyValuePair.Create<string, string?>(
            "jochat:" + pair[0].Replace('.', ':').Replace("-", "", true, CultureInfo.InvariantCulture), pair[1])))
        .Build();

    // Settings whose default depends on the machine, and the section akka, stand in the sample as comments.
    [GeneratedRegex(@"# ([a-z.-]+ = |akka \{|\}$)|^#(   [a-z.-]+ = )", RegexOptions.Multiline)]
    private static partial Regex Uncommented();

    /// <summary>A layer with no values of its own that notes which keys are asked for.</summary>
    private sealed class KnownKeys : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

        public IConfiguration Over(IConfiguration configuration) =>
            new ConfigurationBuilder().AddConfiguration(configuration).Add(this).Build();

        public override bool TryGet(string key, out string? value)
        {
            Asked.Add(key);
            return base.TryGet(key, out value);
        }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
