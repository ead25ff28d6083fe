using System.Net;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>SIGHUP has a running server read its settings again.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task A_changed_setting_counts_for_connections_that_are_open_and_what_takes_a_restart_is_named()
    {
        Configure("accounts.anonymous-listing = off");
        await using var gateway = await StartAsync();
        using var guest = await RawClient.ConnectAsync(gateway.Port);
        Assert.IsType<Refused>(await guest.AskAsync(new ListAccounts("*", null, null)));

        Configure("accounts.anonymous-listing = on, admin.socket = other");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("The settings were read again; changed: jochat.accounts.anonymous-listing");
        await gateway.LogLineAsync("The server goes by these from its next start on: jochat.admin.socket");

        Assert.IsNotType<Refused>(await guest.AskAsync(new ListAccounts("*", null, null)));
        Assert.Equal(0, await gateway.StopAsync());
    }

    [LinuxFact]
    public async Task A_file_with_a_fault_is_refused_whole_with_the_place_of_each_and_the_old_settings_stay()
    {
        Configure("accounts.anonymous-listing = off");
        await using var gateway = await StartAsync();
        using var guest = await RawClient.ConnectAsync(gateway.Port);

        Configure("accounts.anonymous-listing = on\n session.guest-timeout = soon\n sesion.x = 1");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("refused, the old ones stay: jochat.conf:2:26: jochat.session.guest-timeout: expected a time");
        await gateway.LogLineAsync("refused, the old ones stay: jochat.conf:3:13: jochat.sesion.x: there is no such setting");
        File.WriteAllText(_folder.File("jochat.conf"), "jochat {");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("refused, the old ones stay: jochat.conf:1:9:");
        File.Delete(_folder.File("jochat.conf"));
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("refused, the old ones stay: there is no file ");

        Assert.IsType<Refused>(await guest.AskAsync(new ListAccounts("*", null, null)));
    }

    [LinuxFact]
    public async Task Limits_are_those_of_now()
    {
        Configure("");
        await using var gateway = await StartAsync();
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        await ada.SendMessageAsync("ada", "ada", "there is room");

        Configure("storage.min-free = 1000000GB, accounts.guesses-per-minute = 1, gateway.max-connections = 2");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("messages and sign-ups are refused");

        var send = new SendMessage("ada", "ada", "no room");
        Assert.Equal(ErrorCode.StorageFull, Assert.IsType<Refused>(await ada.AskAsync(send)).Code);
        using var guest = await RawClient.ConnectAsync(gateway.Port);
        var guess = new LogIn("nobody", new Secret("x"));
        Assert.Equal(ErrorCode.BadCredentials, Assert.IsType<Refused>(await guest.AskAsync(guess)).Code);
        Assert.Equal(ErrorCode.RateLimited, Assert.IsType<Refused>(await guest.AskAsync(guess)).Code);
        using var third = await RawClient.ConnectAsync(gateway.Port);
        await gateway.LogLineAsync("more connections were closed: 2 are from 127.0.0.1");

        Configure("");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("messages and sign-ups are taken");
        await ada.SendMessageAsync("ada", "ada", "there is room again");
    }

    [LinuxFact]
    public async Task Another_certificate_is_shown_and_one_that_cannot_be_used_is_refused_with_all_else()
    {
        await WriteCertificateAsync("a.pem");
        await WriteCertificateAsync("b.pem");
        Configure("gateway.tls.certificate = a.pem");
        await using var gateway = await StartAsync();
        var first = await ThumbprintAsync(gateway.Port);

        Configure("gateway.tls.certificate = none.pem, accounts.anonymous-listing = on");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("""refused, the old ones stay: jochat.gateway.tls.certificate: "none.pem" cannot be used""");
        Assert.Equal(first, await ThumbprintAsync(gateway.Port));

        Configure("gateway.tls.certificate = b.pem");
        gateway.Signal(GatewayProcess.SigHup);
        await gateway.LogLineAsync("The settings were read again; changed: jochat.gateway.tls.certificate");
        Assert.NotEqual(first, await ThumbprintAsync(gateway.Port));
    }

    [LinuxFact]
    public async Task A_store_without_clients_reads_its_settings_again_though_it_shows_its_certificate_to_nobody()
    {
        await WriteCertificateAsync("a.pem");
        var port = FreePort.Find();
        var cluster = $"cluster {{ role = store, port = {port}, seed-nodes = \"127.0.0.1:{port}\" }}";
        Configure($"{cluster}, gateway.tls.certificate = a.pem");
        await using var store = await StartAsync();

        Configure($"{cluster}, gateway.tls.certificate = a.pem, storage.min-free = 1MiB");
        store.Signal(GatewayProcess.SigHup);

        await store.LogLineAsync("The settings were read again; changed: jochat.storage.min-free");
        Assert.Equal(0, await store.StopAsync());
    }

    [LinuxFact]
    public async Task The_log_gets_another_level_and_another_format()
    {
        Configure("log-level = error");
        await using var gateway = await StartAsync();
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        Assert.Equal("", gateway.Errors);

        Configure("log-level = information, log-format = json");
        gateway.Signal(GatewayProcess.SigHup);

        await gateway.LogLineAsync("""
            "Message":"The settings were read again; changed: jochat.log-level, jochat.log-format"
            """);
    }

    private static async Task<string> ThumbprintAsync(int port)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = await RawClient.OpenTlsAsync(tcp.GetStream());
        return tls.RemoteCertificate!.GetCertHashString();
    }

    private async Task WriteCertificateAsync(string file)
    {
        await TestCertificate.WriteAsync(_folder);
        await File.WriteAllTextAsync(_folder.File(file), await File.ReadAllTextAsync(_folder.File("server.crt"))
            + "\n" + await File.ReadAllTextAsync(_folder.File("server.key")));
    }

    private void Configure(string settings) =>
        File.WriteAllText(_folder.File("jochat.conf"), $"jochat {{ {settings}\n}}");

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(_folder.Path, "--config", "jochat.conf");
}
