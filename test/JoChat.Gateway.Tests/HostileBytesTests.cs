using System.Net.Sockets;

namespace JoChat.Gateway.Tests;

/// <summary>Whatever bytes come, the log has nothing above debug and everybody else is served.</summary>
[Trait("Speed", "Slow")]
public sealed class HostileBytesTests
{
    [Theory]
    [InlineData(new byte[] { 0x16, 3, 1 })] // TLS
    [InlineData(new byte[] { 0, 0, 0 })] // frames
    [InlineData(new byte[] { 1, 0 })] // bare
    [InlineData(new byte[0])]
    public async Task Random_bytes_after_any_beginning_harm_nobody(byte[] beginning)
    {
        const int Rounds = 100;
        using var files = new CertificateFiles();
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { Tls = files.MakePem("first") });
        var random = new Random(beginning.Length);

        for (var round = 0; round < Rounds; round++)
        {
            var noise = new byte[random.Next(1, 5000)];
            random.NextBytes(noise);
            await using var client = await gateway.ConnectAsync();
            try
            {
                await client.WriteAsync((byte[])[.. beginning, .. noise]);
                client.Socket.Shutdown(SocketShutdown.Send);
                await client.ReadAllAsync();
            }
            catch (IOException) { } // the server may close before it has read everything
            catch (SocketException) { } // the same
        }

        await using var other = await gateway.ConnectAsync();
        await other.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await other.ReadJsonAsync(), StringComparison.Ordinal);
        await gateway.StopAsync();
        Assert.DoesNotContain(gateway.Log, line => !line.StartsWith("Debug ", StringComparison.Ordinal));
    }
}
