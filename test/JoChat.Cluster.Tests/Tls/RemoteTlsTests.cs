using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>Systems with certificates of one authority talk; nobody else gets a word in, or hears one.</summary>
public sealed class RemoteTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();
    private readonly NodeCertificate _own;

    public RemoteTlsTests() => _own = Load(_authority.Issue("own"));

    public void Dispose()
    {
        _own.Dispose();
        _authority.Dispose();
        _other.Dispose();
    }

    public static TheoryData<string> Strangers =>
        ["another authority", "self-signed", "expired", "not yet valid", "server only", "client only", "any use"];

    [Fact]
    public async Task Members_talk_both_ways()
    {
        using var certificate = Load(_authority.Issue("second"));
        await using Node first = Node.Member(_own), second = Node.Member(certificate);
        RemoteTls.EnsureInUse(first.System);

        first.Say("to the second", second);
        Assert.Equal("to the second", await second.Heard.OrFail());
        second.Say("to the first", first);
        Assert.Equal("to the first", await first.Heard.OrFail());
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_stranger_that_connects_is_refused(string kind)
    {
        using var certificate = MakeStranger(kind, out var fault);
        await using Node member = Node.Member(_own), stranger = Node.Stranger(certificate);

        stranger.Say("let me in", member);

        Assert.Contains(fault, await FirstOf(member.Warned, member.Heard), StringComparison.Ordinal);
        await FirstOf(stranger.Failed, member.Heard);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_member_tells_a_stranger_nothing_and_Akka_shuts_it_down(string kind)
    {
        using var certificate = MakeStranger(kind, out var fault);
        await using Node member = Node.Member(_own), stranger = Node.Stranger(certificate);

        member.Say("a secret", stranger);

        Assert.Contains(fault, await FirstOf(member.Warned, stranger.Heard), StringComparison.Ordinal);
        await FirstOf(member.Failed, stranger.Heard);
        await member.System.WhenTerminated.OrFail();
    }

    [Fact]
    public async Task A_system_without_TLS_is_refused_and_is_told_nothing()
    {
        await using Node member = Node.Member(_own), plain = Node.Plain();
        Assert.Throws<InvalidOperationException>(() => RemoteTls.EnsureInUse(plain.System));

        plain.Say("let me in", member);
        await FirstOf(plain.Failed, member.Heard);
        member.Say("a secret", plain);
        await FirstOf(member.Failed, plain.Heard);
    }

    [Fact]
    public async Task Settings_of_Akka_cannot_bring_another_certificate_in_or_turn_TLS_off()
    {
        using var foreign = TestAuthority.Load(_other.Issue());
        await File.WriteAllBytesAsync(_other.File("foreign.pfx"), foreign.Export(X509ContentType.Pkcs12));
        var settings = $$"""
            akka.remote.enabled-transports = ["akka.remote.plain"]
            akka.remote.dot-netty.tcp {
              enable-ssl = off
              ssl { suppress-validation = on, require-mutual-authentication = off }
              ssl.certificate.path = "{{_other.File("foreign.pfx").Replace('\\', '/')}}"
            }
            """;
        await using Node member = Node.Member(_own, settings), other = Node.Member(_own), stranger = Node.Stranger(foreign);

        member.Say("hello", other);
        Assert.Equal("hello", await FirstOf(other.Heard, member.Failed));
        stranger.Say("let me in", member);
        await FirstOf(member.Warned, member.Heard);
    }

    [Fact]
    public async Task Only_a_client_with_a_members_certificate_is_answered()
    {
        await using var member = Node.Member(_own);
        using var certificate = Load(_authority.Issue("client"));
        using var foreign = TestAuthority.Load(_other.Issue());
        var greeting = await RecordGreeting();

        Assert.True(await IsAnswered(member, greeting, TlsWith(certificate.Own)));
        Assert.False(await IsAnswered(member, greeting, TlsWith(foreign)));
        Assert.False(await IsAnswered(member, greeting, TlsWith(null)));
        Assert.False(await IsAnswered(member, greeting, stream => Task.FromResult<Stream>(stream)));
    }

    [Fact]
    public async Task No_TLS_before_1_2_is_spoken()
    {
        await using var member = Node.Member(_own);
        using var certificate = Load(_authority.Issue("client"));

        Assert.Equal(SslProtocols.Tls12, await Negotiate(SslProtocols.None));
#pragma warning disable SYSLIB0039, CA5397 // the old ones are what is refused
        await Assert.ThrowsAnyAsync<Exception>(() => Negotiate(SslProtocols.Tls11));
        await Assert.ThrowsAnyAsync<Exception>(() => Negotiate(SslProtocols.Tls));
#pragma warning restore SYSLIB0039, CA5397

        async Task<SslProtocols> Negotiate(SslProtocols offered)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", member.Port);
            await using var tls = (SslStream)await TlsWith(certificate.Own, offered)(socket.GetStream());
            return tls.SslProtocol;
        }
    }

    private X509Certificate2 MakeStranger(string kind, out string fault)
    {
        const string Foreign = "not issued by the cluster's authority", WrongUse = "not for use as a server and as a client";
        (var files, fault) = kind switch
        {
            "another authority" => (_other.Issue(), Foreign),
            "self-signed" => (_authority.Issue(isSelfSigned: true), Foreign),
            "expired" => (_authority.Issue(notAfter: TestAuthority.Now.AddMinutes(-1)), "it expired on "),
            "not yet valid" => (_authority.Issue(notBefore: TestAuthority.Now.AddHours(1)), "it is not valid before "),
            "server only" => (_authority.Issue(uses: TestAuthority.ServerUse), WrongUse),
            "client only" => (_authority.Issue(uses: TestAuthority.ClientUse), WrongUse),
            _ => (_authority.Issue(uses: ""), WrongUse),
        };
        return TestAuthority.Load(files);
    }

    private static NodeCertificate Load(NodeFiles files) => NodeCertificate.Load(files, TimeProvider.System);

    // What must not happen ends the wait too.
    private static async Task<string> FirstOf(Task<string> expected, Task<string> forbidden)
    {
        var first = await Task.WhenAny(expected, forbidden).OrFail();
        Assert.True(first == expected, $"instead of what was expected: {await first}");
        return await expected;
    }

    // How a system opens the conversation: the first frame that one without TLS sends.
    private static async Task<byte[]> RecordGreeting()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var plain = Node.Plain();
        plain.System.ActorSelection($"akka.tcp://node@{listener.LocalEndpoint}/user/ear").Tell("hello");
        using var socket = await listener.AcceptTcpClientAsync().OrFail();
        var length = new byte[4];
        await socket.GetStream().ReadExactlyAsync(length).AsTask().OrFail();
        var frame = new byte[BitConverter.ToInt32(length)];
        await socket.GetStream().ReadExactlyAsync(frame).AsTask().OrFail();
        return [.. length, .. frame];
    }

    // Akka may lose a greeting that follows the TLS handshake at once, when it is busy, and says nothing then: greet again.
    private static async Task<bool> IsAnswered(Node member, byte[] greeting, Func<Stream, Task<Stream>> wrap)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                return await IsAnsweredSoon(member, greeting, wrap);
            }
            catch (TimeoutException) when (again < 10)
            {
            }
        }
    }

    private static async Task<bool> IsAnsweredSoon(Node member, byte[] greeting, Func<Stream, Task<Stream>> wrap)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", member.Port);
        try
        {
            await using var stream = await wrap(socket.GetStream());
            await stream.WriteAsync(greeting);
            return await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(5)) > 0;
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static Func<Stream, Task<Stream>> TlsWith(X509Certificate2? own, SslProtocols offered = SslProtocols.None) =>
        async stream =>
        {
            var tls = new SslStream(stream);
#pragma warning disable CA5359 // what is tested is the other side's check
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "member",
                EnabledSslProtocols = offered,
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                LocalCertificateSelectionCallback = own is null ? null : (_, _, _, _, _) => own,
            }).OrFail();
#pragma warning restore CA5359
            return tls;
        };
}
