using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>What lies between client and server is chosen by the options and changes nothing else.</summary>
public sealed class EncodingTests : ClientTestKit
{
    private const string Subject = "CN=test";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_123);


    [Theory]
    [InlineData(WireEncoding.Json)]
    [InlineData(WireEncoding.Binary)]
    public async Task A_session_with_all_features_works_in_both_encodings(WireEncoding encoding)
    {
        var (client, first) = await LogInAsync(Server.FullOptions() with { Encoding = encoding });
        Assert.Equal(encoding == WireEncoding.Binary, first.IsBinary);
        var send = client.SendAsync("bob", "hi");
        var sent = await first.ReceiveAsync<SendMessage>();
        first.Dispose();

        using var second = await Server.ResumeAsync();
        var again = await second.AnswerAsync<SendMessage>(new MessageStored(new StoredAs(1L << 40, Then)));
        await second.SendAsync(Sessions.Message(1L << 41));
        await using var messages = client.ReadMessagesAsync().GetAsyncEnumerator();

        Assert.Equal((encoding == WireEncoding.Binary, sent.ClientId), (second.IsBinary, again.ClientId));
        Assert.Equal(new StoredAs(1L << 40, Then), await send.OrFail());
        Assert.Equal(1L << 41, await messages.NextIdAsync());
    }

    [Fact]
    public async Task What_the_encoding_has_no_form_for_is_refused_and_not_sent()
    {
        var options = Server.Options() with { Encoding = WireEncoding.Binary };
        var (client, peer) = await ConnectAsync(options);

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => client.SignUpAsync(new string('a', 256), Sessions.Password).OrFail());

        Assert.Equal(ErrorCode.Unsupported, refusal.Code);
        var count = client.CountUnreadAsync(); // the fence: the first thing the server hears of
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(5));
        Assert.Equal(5, await count.OrFail());
    }

    [Fact]
    public async Task Tls_is_spoken_with_a_server_whose_certificate_is_accepted()
    {
        var options = Server.Options() with
        {
            UseTls = true,
            ValidateCertificate = (_, certificate, _, _) => certificate?.Subject == Subject,
        };
        var connecting = JoChatClient.ConnectAsync(options);
        using var peer = new ScriptedPeer(await SecureAsync(await Server.AcceptStreamAsync()));
        await using var client = await connecting.OrFail();

        var count = client.CountUnreadAsync();
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(3));

        Assert.Equal(3, await count.OrFail());
    }

    [Fact]
    public async Task A_certificate_that_this_machine_does_not_trust_is_no_connection()
    {
        var connecting = JoChatClient.ConnectAsync(Server.Options() with { UseTls = true });
        await using var stream = await Server.AcceptStreamAsync();
        var securing = SecureAsync(stream);

        await Assert.ThrowsAsync<ServerUnreachableException>(() => connecting.OrFail());
        await Task.WhenAny(securing).OrFail(); // how it looks from there does not matter
    }

    private static async Task<SslStream> SecureAsync(Stream stream)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(Then.AddYears(-1), Then.AddYears(9));
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(certificate).OrFail();
        return secure;
    }
}
