using System.Net.Sockets;
using System.Text;

namespace JoChat.Gateway.Tests;

/// <summary>Who opens connections too fast is closed as soon as it is accepted, on each port.</summary>
public sealed class ListenerTests
{
    private const int Burst = 10; // of one a second

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_connects_too_fast_is_not_served(bool isHttp)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { ConnectionsPerSecond = 1 });
        for (var i = 0; i < Burst; i++) { Assert.True(await IsServedAsync(gateway, isHttp, [])); }

        var isServed = true;
        for (var i = 0; i < 100 && isServed; i++) { isServed = await IsServedAsync(gateway, isHttp, []); }

        Assert.False(isServed);
        Assert.Contains("Warning 1 more connections were closed: 1 came from 127.0.0.1 in a second, as many as "
            + "jochat.gateway.connections-per-second allows", gateway.Log);
    }

    [Fact]
    public async Task A_trusted_proxy_connects_as_fast_as_it_likes_and_its_clients_do_not()
    {
        Assert.True(TrustedProxies.TryParse("127.0.0.1", out var proxies));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { ConnectionsPerSecond = 1, Proxies = proxies });

        for (byte client = 1; client < 100; client++) { Assert.True(await IsServedAsync(gateway, false, HeaderOf(client))); }
        var isServed = true;
        for (var i = 0; i < 100 && isServed; i++) { isServed = await IsServedAsync(gateway, false, HeaderOf(200)); }

        Assert.False(isServed);
    }

    // A PROXY header of version 2: 192.0.2.CLIENT to 192.0.2.9.
    private static byte[] HeaderOf(byte client) =>
        [.. Convert.FromHexString("0D0A0D0A000D0A515549540A2111000CC00002"), client, .. Convert.FromHexString("C00002091F9015B3")];

    private static async Task<bool> IsServedAsync(RunningGateway gateway, bool isHttp, byte[] header)
    {
        var request = isHttp
            ? Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") : Wire.Frame(Wire.HelloJson);
        try
        {
            await using var stream = await gateway.ConnectAsync(isHttp ? gateway.HttpPort : gateway.Port);
            await stream.WriteAsync((byte[])[.. header, .. request]);
            return await stream.ReadAsync(new byte[1]).AsTask().OrFail() > 0;
        }
        catch (Exception fault) when (fault.GetBaseException() is SocketException)
        {
            return false;
        }
    }
}
