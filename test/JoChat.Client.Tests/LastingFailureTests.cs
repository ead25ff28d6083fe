using System.Security.Cryptography.X509Certificates;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>What another attempt to reconnect would not change ends the client, and with its reason.</summary>
public sealed class LastingFailureTests : ClientTestKit
{
    private static readonly ReadOnlyMemory<byte> Ssh = Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.9\r\n");

    [Theory]
    [InlineData(true, "THE CERTIFICATE OF 127.0.0.1 port {0} HAS CHANGED, from {1} to {2}. ")]
    [InlineData(false, "The certificate of 127.0.0.1 port {0} is not trusted: it is signed by itself. Its fingerprint is {2}.")]
    public async Task A_certificate_that_is_refused_while_reconnecting_ends_it_at_once(bool isPinned, string expected)
    {
        using var certificate = TlsFront.MakeCertificate();
        using var other = TlsFront.MakeCertificate();
        await using var server = new AnsweringServer();
        await using var front = new TlsFront(server.Port, certificate);
        await using var client = await JoChatClient.ConnectAsync(Server.FullOptions() with
        {
            Port = front.Port,
            UseTls = true,
            AcceptedFingerprint = isPinned ? UntrustedCertificate.FingerprintOf(certificate) : null,
            TrustedAuthorities = isPinned ? null : new X509Certificate2Collection(certificate),
        });
        await client.LogInAsync("ada", Sessions.Password);
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        server.On<SendMessage>(_ => null);
        var asked = server.Requests.Count;

        front.Certificate = other;
        var send = client.SendAsync("bob", "hi"); // hangs up

        var failure = await Assert.ThrowsAsync<ServerUnreachableException>(() => next.OrFail());
        var told = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, expected, front.Port,
            UntrustedCertificate.FingerprintOf(certificate), UntrustedCertificate.FingerprintOf(other));
        Assert.StartsWith(told, failure.Message, StringComparison.Ordinal);
        Assert.Equal(UntrustedCertificate.FingerprintOf(other), failure.Certificate?.Fingerprint);
        await Assert.ThrowsAsync<ServerUnreachableException>(() => send.OrFail());
        Assert.Equal(ConnectionState.Closed, client.State);
        Assert.Equal(asked + 1, server.Requests.Count);
    }

    [Fact]
    public async Task Another_service_in_the_servers_place_ends_it_the_second_time()
    {
        var (client, first) = await LogInAsync();
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        first.Dispose();
        for (var i = 0; i < 2; i++) { await SayAsync(Ssh); }

        var failure = await Assert.ThrowsAsync<ServerUnreachableException>(() => next.OrFail());
        Assert.Contains("speaks SSH, not JoChat.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Closed, client.State);
    }

    [Fact]
    public async Task A_service_that_is_there_for_a_moment_ends_nothing()
    {
        var (client, first) = await LogInAsync();

        first.Dispose();
        await SayAsync(Ssh);
        await SayAsync(Encoding.ASCII.GetBytes("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        (await Server.AcceptAsync()).Dispose(); // mute: nothing is known of it
        await SayAsync(Ssh);
        using var last = await Server.ResumeAsync();

        await ConverseAsync(client, last);
    }

    [Fact]
    public async Task A_server_without_TLS_in_the_place_of_one_with_it_ends_it()
    {
        using var certificate = TlsFront.MakeCertificate();
        await using var server = new AnsweringServer();
        await using var front = new TlsFront(server.Port, certificate);
        await using var client = await JoChatClient.ConnectAsync(Server.FullOptions() with
        {
            Port = front.Port,
            UseTls = true,
            AcceptedFingerprint = UntrustedCertificate.FingerprintOf(certificate),
        });
        await client.LogInAsync("ada", Sessions.Password);
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        front.Greeting = "HTTP/1.1 400 Bad Request\r\n\r\nThis is the chat port of a JoChat server.";
        server.HangUp();

        var failure = await Assert.ThrowsAsync<ServerUnreachableException>(() => next.OrFail());
        Assert.Contains("has no certificate.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_another_encoding_now_ends_it_with_its_own_words()
    {
        var (client, first) = await LogInAsync();
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        first.Dispose();
        for (var i = 0; i < 2; i++)
        {
            using var pinned = await Server.AcceptAsync();
            await pinned.ReceiveAsync<Hello>();
            await pinned.SendAsync(new Refused(Operation.Unknown, ErrorCode.Unsupported, "This server speaks only binary."));
        }

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => next.OrFail());
        Assert.Equal((ErrorCode.Unsupported, "This server speaks only binary."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_server_that_speaks_another_encoding_is_told_of_at_the_first_connection()
    {
        var connecting = JoChatClient.ConnectAsync(Server.FullOptions());
        using var pinned = await Server.AcceptAsync();
        await pinned.ReceiveAsync<Hello>();
        await pinned.SendAsync(new Refused(Operation.Unknown, ErrorCode.Unsupported, "This server speaks only binary."));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => connecting.OrFail());
        Assert.Equal("This server speaks only binary.", refusal.Message);
    }

    [Fact]
    public async Task A_server_without_side_sessions_now_ends_a_side_session()
    {
        var side = Sessions.Everything | Features.Side;
        var welcome = new Welcome("test/1", side, Limits.DefaultMaxFrameBytes, 256, 262144);
        var (client, first) = await LogInAsync(Server.FullOptions() with { Features = side }, welcome);
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        first.Dispose();
        for (var i = 0; i < 2; i++) { (await Server.WelcomeAsync()).Dispose(); }

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => next.OrFail());
        Assert.Equal("The server has no side sessions any more.", refusal.Message);
    }

    private async Task SayAsync(ReadOnlyMemory<byte> greeting)
    {
        await using var stream = await Server.AcceptStreamAsync();
        await stream.WriteAsync(greeting);
        await stream.CopyToAsync(Stream.Null).OrFail(); // until the client has seen it
    }
}
