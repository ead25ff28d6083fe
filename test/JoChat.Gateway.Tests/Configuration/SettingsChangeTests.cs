using JoChat.Actors;

namespace JoChat.Gateway.Tests.Configuration;

/// <summary>Which settings a running server takes, and what becomes of the others.</summary>
public sealed class SettingsChangeTests
{
    // Another value than the default for each setting that may change, but for files.
    public static TheoryData<string, string> Changeable => new()
    {
        { "log-level", "error" }, { "log-format", "json" },
        { "gateway.request-timeout", "7s" }, { "gateway.max-frame", "2KiB" }, { "gateway.max-connections", "7" },
        { "gateway.max-connections-per-address", "7" }, { "gateway.connections-per-second", "7" },
        { "gateway.max-guests", "7" }, { "gateway.max-requests-in-flight", "7" }, { "gateway.output-buffer", "2KiB" },
        { "gateway.max-buffered", "2MiB" }, { "gateway.close-timeout", "7s" },
        { "storage.min-free", "7MiB" }, { "storage.retention", "7d" }, { "storage.max-batch-writes", "7" }, { "storage.max-batch", "2KiB" },
        { "accounts.anonymous-listing", "on" }, { "accounts.directory", "exact" }, { "accounts.password-workers", "7" },
        { "accounts.password-queue", "7" }, { "accounts.requests-per-second", "7" }, { "accounts.bytes-per-second", "2KiB" },
        { "accounts.max-stored", "7MiB" }, { "accounts.max-unread-from-one", "7" }, { "accounts.max-unread", "7" },
        { "accounts.guesses-per-minute", "7" }, { "accounts.address-guesses-per-minute", "7" },
        { "accounts.hold-deleted-names", "7d" },
        { "session.password-shelter", "7s" }, { "session.guest-timeout", "7s" }, { "session.idle-timeout", "7s" },
        { "session.window-messages", "7" }, { "session.window-bytes", "2KiB" }, { "session.resume-expiry", "7d" },
    };

    [Theory]
    [MemberData(nameof(Changeable))]
    public void A_setting_that_may_change_is_taken(string key, string value)
    {
        var running = Read();

        var change = Change(running, key, value);

        AssertTold(change, changed: [$"jochat.{key}"], needRestart: []);
        Assert.NotEqual(Known(running), Known(change.Next));
        Assert.Equal(Known(Read(key, value)), Known(change.Next));
    }

    [Fact]
    public void Every_setting_of_which_that_is_said_is_tried_above()
    {
        var files = new[] { "gateway.tls.certificate", "gateway.tls.key", "gateway.tls.password" };

        Assert.Equal(
            Read().Given.Keys.Where(SettingsChange.MayChange).Order(),
            Changeable.Select(row => (string)row[0]).Concat(files).Order());
    }

    [Theory]
    [InlineData("gateway.port", "6000")]
    [InlineData("gateway.handshake-timeout", "7s")]
    [InlineData("http.allowed-hosts", "chat.example.org")]
    [InlineData("storage.path", "other.db")]
    [InlineData("accounts.password-iterations", "7")]
    [InlineData("gateway.tls.certificate", "c.pem")] // from none
    [InlineData("actors.throughput", "7")]
    [InlineData("admin.socket", "other")]
    public void Any_other_is_named_and_stays_as_it_was(string key, string value)
    {
        var running = Read();

        var change = Change(running, key, value);

        AssertTold(change, changed: [], needRestart: [$"jochat.{key}"]);
        Assert.Equal(Known(running), Known(change.Next));
    }

    [Fact]
    public void What_stays_is_named_again_until_it_is_undone_and_what_was_taken_is_not()
    {
        var first = Change(Read(), "gateway.port", "6000", "session.guest-timeout", "7s");
        var second = Change(first.Next, "gateway.port", "6000", "session.guest-timeout", "7s");
        var undone = Change(second.Next);

        AssertTold(first, changed: ["jochat.session.guest-timeout"], needRestart: ["jochat.gateway.port"]);
        AssertTold(second, changed: [], needRestart: ["jochat.gateway.port"]);
        AssertTold(undone, changed: ["jochat.session.guest-timeout"], needRestart: []);
    }

    [Fact]
    public void The_own_settings_of_Akka_take_a_restart()
    {
        var change = Change(Read(), "akka", """{"log-dead-letters":"off"}""");

        AssertTold(change, changed: [], needRestart: ["akka"]);
        Assert.Equal("", change.Next.Chat.AkkaOverrides);
    }

    private static void AssertTold(SettingsChange change, string[] changed, string[] needRestart)
    {
        Assert.Equal(changed, change.Changed);
        Assert.Equal(needRestart, change.NeedRestart);
    }

    private static SettingsChange Change(Settings running, params string[] given)
    {
        var change = SettingsChange.Of(running, Read(given), out var faults);
        Assert.Empty(faults);
        return change;
    }

    private static Settings Read(params string[] given)
    {
        var settings = Settings.Read(SettingReader.Configuration(given.Chunk(2).Select(
            pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))), out var faults);
        Assert.Empty(faults);
        return settings;
    }

    private static (GatewayOptions, ChatOptions, StorageSettings, LogSettings, AdminSettings) Known(Settings settings) =>
        (settings.Gateway, settings.Chat, settings.Storage, settings.Log, settings.Admin);
}
