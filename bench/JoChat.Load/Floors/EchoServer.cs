using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace JoChat.Load;

/// <summary>Sends back what it is sent: the gateway's listener with nothing behind it. Runs as a process of its own,
/// until it is asked to stop or its standard input ends.</summary>
internal static class EchoServer
{
    public static async Task RunAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .UseSockets(sockets => sockets.MaxWriteBufferSize = 1) // as the gateway has it
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseConnectionHandler<Echo>()));
        await using var app = builder.Build();
        await app.StartAsync(cancellation);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine($"Echo listens on {addresses.Single()}");

        await using var input = Console.OpenStandardInput(); // nothing is written to it: a read ends when it ends
        await Task.WhenAny(
            input.ReadAsync(new byte[1], cancellation).AsTask(), Task.Delay(Timeout.Infinite, cancellation));
        await app.StopAsync(CancellationToken.None);
    }

    private sealed class Echo : ConnectionHandler
    {
        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            var (input, output) = (connection.Transport.Input, connection.Transport.Output);
            try
            {
                while (true)
                {
                    var read = await input.ReadAsync(connection.ConnectionClosed);
                    foreach (var piece in read.Buffer) { output.Write(piece.Span); }
                    input.AdvanceTo(read.Buffer.End);
                    var written = await output.FlushAsync(connection.ConnectionClosed);
                    if (read.IsCompleted || written.IsCompleted) { return; }
                }
            }
            catch (OperationCanceledException) { } // the client is gone
            catch (IOException) { } // reset by it
        }
    }
}
