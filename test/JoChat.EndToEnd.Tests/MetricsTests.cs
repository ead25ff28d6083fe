using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JoChat.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace JoChat.EndToEnd.Tests;

/// <summary>What a real server measures, and where it tells it.</summary>
public sealed partial class MetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _httpPort = FreePort.Find();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chat_is_measured_as_it_happened()
    {
        await using var gateway = await StartAsync();
        await ChatAsync(gateway.Port);

        var scrape = await Scrape.OfAsync(_httpPort);

        Assert.Equal(3, scrape["jochat_messages_stored_total"]);
        Assert.Equal(3, scrape["jochat_requests_total{operation=\"send_message\",result=\"ok\"}"]);
        Assert.Equal(2, scrape["jochat_messages_pushed_total{kind=\"live\"}"]);
        Assert.Equal(1, scrape["jochat_messages_pushed_total{kind=\"away\"}"]);
        Assert.Equal(1, scrape["jochat_requests_total{operation=\"log_in\",result=\"bad_credentials\"}"]);
        Assert.Equal(1, scrape["jochat_passwords_total{result=\"wrong\"}"]);
        Assert.Equal(3, scrape["jochat_passwords_total{result=\"right\"}"]);
        Assert.Equal(2, scrape["jochat_passwords_total{result=\"hashed\"}"]);
        Assert.Equal(1, scrape[$"jochat_build_info{{version=\"{gateway.FirstLine.Split(' ')[1]}\"}}"]);
        Assert.Equal(0, scrape["jochat_actor_failures_total"]);
        Assert.True(scrape["jochat_commit_duration_seconds_sum"] > 0);
        Assert.True(scrape["jochat_batch_size_count"] >= 5); // sign-ups and sends, one after the other
        Assert.True(scrape["jochat_database_size_bytes{file=\"database\"}"] > 0);
        Assert.True(scrape["jochat_database_free_bytes"] > 0);
    }

    [Fact]
    public async Task What_is_documented_is_what_is_measured_and_the_dashboard_shows_nothing_else()
    {
        // A node of a cluster measures all there is.
        await using var cluster = new TestCluster(nodes: 1);
        var gateway = await cluster.StartAsync(0, "both", "--http-port", $"{_httpPort}");
        using (await TestCluster.EnterAsync(gateway, "fence")) { } // the writer is found now
        await ChatAsync(gateway.Port);

        var scrape = await Scrape.OfAsync(_httpPort);

        var documented = MetricRow().Matches(Document("metrics.md")).ToDictionary(
            row => row.Groups["name"].Value,
            row => (Type: row.Groups["type"].Value, Labels: Code().Matches(row.Groups["labels"].Value)
                .Select(label => label.Groups[1].Value).ToHashSet()));
        Assert.Equal(
            documented.Select(metric => $"{metric.Key} {metric.Value.Type}").Order(),
            scrape.Types.Where(metric => metric.Key.StartsWith("jochat_", StringComparison.Ordinal))
                .Select(metric => $"{metric.Key} {metric.Value}").Order());
        Assert.All(documented, metric => Assert.Equal(metric.Value.Labels, LabelsOf(scrape, metric.Key)));

        var shown = Metric().Matches(string.Join('\n', Expressions())).Select(name => name.Value).ToHashSet();
        Assert.Contains("jochat_messages_stored_total", shown);
        Assert.Empty(shown.Except(scrape.Names));
        var mentioned = Metric().Matches(Document("metrics.md")).Select(name => name.Value).ToHashSet();
        Assert.Empty(mentioned.Except(scrape.Names).Except(scrape.Types.Keys));
    }

    [Fact]
    public async Task No_name_and_no_address_of_anybody_is_a_label()
    {
        await using var gateway = await StartAsync();
        await ChatAsync(gateway.Port);
        using var client = await RawClient.ConnectAsync(gateway.Port);
        await client.AskAsync("no_such_operation", new { username = "ada" });

        var scrape = await Scrape.OfAsync(_httpPort);

        Assert.Equal(1, scrape["jochat_requests_total{operation=\"unknown\",result=\"unknown_operation\"}"]);
        Assert.DoesNotMatch("ada|bob|127\\.0|no_such_operation", string.Join('\n', scrape.Series("jochat_")));
    }

    [Fact]
    public async Task Metrics_that_are_off_are_not_there_and_everything_else_is()
    {
        await File.WriteAllTextAsync(_folder.File("off.conf"), "jochat.telemetry { metrics = off }");
        await using var gateway = await StartAsync("--config", "off.conf");
        await ChatAsync(gateway.Port);

        Assert.Equal(HttpStatusCode.NotFound, (await Scrape.GetAsync(_httpPort, "/metrics")).Status);
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await Scrape.GetAsync(_httpPort, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await Scrape.GetAsync(_httpPort, "/readyz"));
    }

    [Fact]
    public async Task With_an_endpoint_of_OTLP_what_is_measured_is_sent_there()
    {
        var sent = new TaskCompletionSource<(string Path, string? Type, string Body)>();
        await using var receiver = await ReceiveAsync(request => sent.TrySetResult(request));
        await using var gateway = await StartAsync(
            "--set", "jochat.telemetry.metrics=off", "--set", "jochat.telemetry.otlp.interval=1s",
            "--set", $"jochat.telemetry.otlp.endpoint={receiver.Urls.First()}");

        var (path, type, body) = await sent.Task.OrFail();

        Assert.Equal(("/v1/metrics", "application/x-protobuf"), (path, type));
        Assert.Contains("jochat.messages.stored", body, StringComparison.Ordinal);
        Assert.Contains("service.name", body, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task An_endpoint_of_OTLP_that_does_not_answer_delays_neither_the_start_nor_the_stop_for_long()
    {
        var asked = new TaskCompletionSource();
        await using var receiver = await ReceiveAsync(_ => asked.TrySetResult(), answers: false);
        await using var gateway = await StartAsync(
            "--set", "jochat.telemetry.otlp.interval=1s",
            "--set", $"jochat.telemetry.otlp.endpoint={receiver.Urls.First()}");
        await asked.Task.OrFail();

        Assert.Equal(0, await gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private Task<GatewayProcess> StartAsync(params string[] arguments) =>
        GatewayProcess.StartAsync(_folder.Path, ["--http-port", $"{_httpPort}", .. arguments]);

    // Ada and Bob sign up; she writes to him once while he is away, and twice while he is there.
    private static async Task ChatAsync(int port)
    {
        using var ada = await RawClient.EnterAsync(port, "ada");
        using (var late = await RawClient.ConnectAsync(port))
        {
            await late.SignUpAsync("bob");
            await late.AskAsync("login", new { username = "bob", password = "guess" });
            await ada.SendMessageAsync("ada", "bob", "away");
        }
        using var bob = await RawClient.ConnectAsync(port);
        await bob.AskAsync(new Hello("test", Features.Push));
        await bob.AskAsync(new LogIn("bob", new Secret("pw-bob")));
        await ArrivedAsync(bob);
        await ada.SendMessageAsync("ada", "bob", "live");
        await ArrivedAsync(bob);
        await ada.SendMessageAsync("ada", "bob", "live too");
        await ArrivedAsync(bob);
        using var again = await RawClient.ConnectAsync(port);
        await again.AskAsync("login", new { username = "ada", password = "pw-ada" }); // she is online: refused, but right
    }

    private static async Task ArrivedAsync(RawClient client)
    {
        while (await client.NextEventAsync().OrFail() is not MessageArrived) { }
    }

    private static HashSet<string> LabelsOf(Scrape scrape, string metric) =>
    [
        .. scrape.Series(metric)
            .Where(series => Suffixed(metric).IsMatch(series))
            .SelectMany(series => Label().Matches(series)).Select(label => label.Groups[1].Value).Where(label => label != "le"),
    ];

    private static Regex Suffixed(string metric) => new($@"^{metric}(_bucket|_sum|_count)?(\{{|$)");

    private static IEnumerable<string> Expressions() => JsonNode.Parse(Document("grafana-dashboard.json"))!["panels"]!.AsArray()
        .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
        .Select(target => (string)target!["expr"]!);

    private static string Document(string name) => File.ReadAllText(Path.Combine(Readme.Root, "docs", name));

    private static async Task<WebApplication> ReceiveAsync(
        Action<(string Path, string? Type, string Body)> received, bool answers = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received((context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
            if (!answers) { await Task.Delay(Timeout.Infinite, context.RequestAborted); }
        });
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex(@"^\| `(?<name>jochat_\w+)` \| (?<type>\w+) \|(?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(\w+)=""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\b(jochat|dotnet)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
