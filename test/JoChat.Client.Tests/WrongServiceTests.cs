using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>What is told when something else than a JoChat server answers, whatever is asked of it first.</summary>
public sealed class WrongServiceTests
{
    private const string HttpAnswer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>JoChat</html>";

    public static TheoryData<string, string> Banners => new()
    {
        { HttpAnswer, "speaks HTTP, not JoChat. Is this the web page's port? JoChat's is usually 5555." },
        { "<html><body>400</body></html>", "speaks HTTP, not JoChat. Is this the web page's port?" },
        { "SSH-2.0-OpenSSH_9.9\r\n", "speaks SSH, not JoChat. JoChat's port is usually 5555." },
        { "220 mail.example ESMTP ready\r\n", "speaks SMTP or FTP, not JoChat." },
        { "* OK IMAP4rev1\r\n", "speaks IMAP, not JoChat." },
        { "-ERR unknown command\r\n", "speaks Redis or POP3, not JoChat." },
        { "\u0015\u0003\u0001\u0000\u0002\u0002\u0046", "speaks TLS. Connect to it with TLS." },
        { "Hello?", "answers, but does not speak JoChat. JoChat's port is usually 5555." },
        { "\u0000\u0000\u0000\u0005hello", "answers, but does not speak JoChat." },
        { "\u00ff\u00fe\u00fd\u0003\u0018", "answers, but does not speak JoChat." }, // telnet
    };

    [Theory]
    [MemberData(nameof(Banners))]
    public async Task What_says_something_at_once_is_named(string greeting, string expected)
    {
        await using var server = ForeignServer.Saying(Encoding.Latin1.GetBytes(greeting));

        await AssertToldAsync(new JoChatClientOptions { Port = server.Port }, expected);
    }

    [Fact]
    public async Task What_says_it_byte_by_byte_is_named_too()
    {
        await using var server = new ForeignServer(async (stream, closing) =>
        {
            foreach (var one in Encoding.ASCII.GetBytes(HttpAnswer)) { await stream.WriteAsync(new[] { one }, closing); }
        });

        await AssertToldAsync(new JoChatClientOptions { Port = server.Port }, "speaks HTTP, not JoChat.");
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "speaks HTTP, not JoChat.")]
    [InlineData("500 Command unrecognized\r\n", "answers, but does not speak JoChat.")]
    public async Task What_is_silent_until_a_line_ends_is_asked_in_lines(string answer, string expected)
    {
        await using var server = ForeignServer.Answering(Encoding.ASCII.GetBytes(answer));

        await AssertToldAsync(
            new JoChatClientOptions { Port = server.Port, RequestTimeout = TimeSpan.FromMilliseconds(100) }, expected);
    }

    [Fact]
    public async Task A_TLS_server_that_hangs_up_on_plain_bytes_is_named()
    {
        using var certificate = MakeCertificate();
        await using var server = new ForeignServer(async (stream, closing) =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, closing);
        });

        await AssertToldAsync(
            new JoChatClientOptions { Port = server.Port }, "speaks TLS. Connect to it with TLS.");
    }

    [Fact]
    public async Task A_server_that_hangs_up_at_once_is_told_of()
    {
        await using var server = new ForeignServer((_, _) => Task.CompletedTask);

        await AssertToldAsync(
            new JoChatClientOptions { Port = server.Port },
            "hangs up without an answer, as no JoChat server does. JoChat's port is usually 5555.");
    }

    [Fact]
    public async Task A_server_that_is_silent_is_told_of_once_time_is_over()
    {
        await using var server = new ForeignServer(ForeignServer.StayAsync);

        var options = new JoChatClientOptions
        {
            Port = server.Port,
            RequestTimeout = TimeSpan.FromMilliseconds(100),
            ConnectTimeout = TimeSpan.FromSeconds(2), // also of the connect itself, on a busy machine
        };

        await AssertToldAsync(
            options,
            "lets one connect and then says nothing, for 0.1 s now. JoChat's port is usually 5555.");
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n", "speaks SSH, not JoChat.")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "speaks HTTP, not JoChat.")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\nThis is the chat port of a JoChat server.",
        "has no certificate. Connect to it without TLS.")]
    [InlineData("", "does not speak TLS. Connect to it without TLS, or see to its port.")]
    public async Task TLS_with_a_server_that_has_none_is_told_of(string greeting, string expected)
    {
        await using var server = new ForeignServer(
            (stream, closing) => stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), closing).AsTask());

        await AssertToldAsync(new JoChatClientOptions { Port = server.Port, UseTls = true }, expected);
    }

    [Fact]
    public async Task What_answers_inside_TLS_is_named()
    {
        using var certificate = MakeCertificate();
        await using var server = new ForeignServer(async (stream, closing) =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, closing);
            await secure.ReadExactlyAsync(new byte[1], closing);
            await secure.WriteAsync(Encoding.ASCII.GetBytes(HttpAnswer), closing);
        });
        var options = new JoChatClientOptions
        {
            Port = server.Port,
            UseTls = true,
            ValidateCertificate = (_, shown, _, _) => shown?.Subject == certificate.Subject,
        };

        await AssertToldAsync(options, "speaks HTTP, not JoChat.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no.such.host.invalid")]
    public async Task A_host_that_does_not_exist_is_told_of_in_words_of_ours(string host)
    {
        var failure = await Assert.ThrowsAsync<ServerUnreachableException>(
            () => JoChatClient.ConnectAsync(new JoChatClientOptions { Host = host }).OrFail());

        Assert.DoesNotContain("Exception", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    // With hello, and without, when the login is the first thing said; in both encodings.
    private static async Task AssertToldAsync(JoChatClientOptions options, string expected)
    {
        foreach (var features in (Features[])[Features.None, Features.Push | Features.Ack])
        {
            foreach (var encoding in Enum.GetValues<WireEncoding>())
            {
                var asking = AskAsync(options with { Features = features, Encoding = encoding });
                var failure = await Assert.ThrowsAsync<ServerUnreachableException>(() => asking.OrFail());
                Assert.StartsWith(
                    expected.StartsWith("has no", StringComparison.Ordinal) ? "The JoChat server at 127.0.0.1 port "
                        : "127.0.0.1 port ",
                    failure.Message,
                    StringComparison.Ordinal);
                Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
            }
        }
    }

    private static async Task AskAsync(JoChatClientOptions options)
    {
        await using var client = await JoChatClient.ConnectAsync(options);
        await client.LogInAsync("ada", Sessions.Password);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=foreign", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
