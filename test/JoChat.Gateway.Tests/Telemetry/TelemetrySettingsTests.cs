using Microsoft.Extensions.Configuration;

namespace JoChat.Gateway.Tests;

/// <summary>What is measured, and where to, as the settings say.</summary>
public sealed class TelemetrySettingsTests
{
    [Theory]
    [InlineData("health", "nobody")]
    [InlineData("metrics", "on")]
    [InlineData("otlp.endpoint", "127.0.0.1:4318")]
    [InlineData("otlp.endpoint", "ftp://127.0.0.1")]
    [InlineData("otlp.endpoint", "http://user:password@127.0.0.1:4318")]
    [InlineData("otlp.interval", "0s")]
    public void A_value_that_cannot_be_used_is_named_with_its_key(string key, string value)
    {
        _ = Read(key, value, out var faults);

        Assert.StartsWith($"jochat.telemetry.{key}: expected ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics", "loopback", true, true)]
    [InlineData("metrics", "everyone", true, true)]
    [InlineData("metrics", "off", true, false)]
    [InlineData("metrics", "everyone", false, false)] // nobody could fetch it
    [InlineData("otlp.endpoint", "https://metrics.example.org/otlp", false, true)]
    public void Nothing_is_measured_that_nobody_can_see(string key, string value, bool hasHttp, bool measures)
    {
        var telemetry = Read(key, value, out var faults);

        Assert.Empty(faults);
        Assert.Equal(measures, telemetry.Measures(hasHttp));
    }

    private static TelemetrySettings Read(string key, string value, out IReadOnlyList<string> faults)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"jochat:telemetry:{key.Replace('.', ':')}", value)])
            .Build();
        return Settings.Read(configuration, out faults).Telemetry;
    }
}
