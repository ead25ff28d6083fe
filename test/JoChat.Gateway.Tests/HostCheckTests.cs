using System.Net;
using Microsoft.AspNetCore.Http;

namespace JoChat.Gateway.Tests;

/// <summary>A name that somebody made point here is not ours.</summary>
public sealed class HostCheckTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!; // set before each test

    [Theory]
    [InlineData("127.0.0.1:{port}", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost:{port}", true)]
    [InlineData("LocalHost:1", true)]
    [InlineData("chat.example.org", true)]
    [InlineData("CHAT.example.org:443", true)]
    [InlineData("[2001:db8::1]:5580", true)]
    [InlineData("[2001:db8::2]", true)]
    [InlineData("203.0.113.7", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:{port}", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("chat.example.org.evil.example", false)]
    [InlineData("evilchat.example.org", false)]
    [InlineData("127.0.0.2:{port}", false)]
    [InlineData("203.0.113.8", false)]
    [InlineData("[::1]:{port}", false)]
    public async Task Only_names_of_this_server_are_answered(string host, bool isAllowed)
    {
        using var http = _gateway.Browse();
        foreach (var path in (string[])["/", "/ws", "/session", "/else"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host.Replace("{port}", $"{_gateway.HttpPort}", StringComparison.Ordinal);

            var answer = await http.SendAsync(request);

            Assert.Equal(isAllowed, answer.StatusCode is not HttpStatusCode.MisdirectedRequest);
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("[2001:db8::1]", "2001:db8::1", true)]
    [InlineData("[2001:DB8:0::1]", "2001:db8::1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("0.0.0.0", "192.0.2.1", false)]
    [InlineData("", "192.0.2.1", false)]
    public void The_address_at_which_a_request_came_in_is_ours(string host, string local, bool isAllowed)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        context.Connection.LocalIpAddress = IPAddress.Parse(local);

        Assert.Equal(isAllowed, new HostCheck(allowed: "").Allows(context));
    }

    [Theory]
    [InlineData("127.0.0.1:5580", false, "http://127.0.0.1:5580")]
    [InlineData("[::1]:5580", true, "https://[::1]:5580")]
    [InlineData("0.0.0.0:5580", false, "http://localhost:5580")]
    [InlineData("[::]:5580", true, "https://localhost:5580")]
    public void The_start_line_tells_an_address_that_is_ours(string listening, bool isTls, string address)
    {
        Assert.Equal(address, ServeCommand.PageAddress(IPEndPoint.Parse(listening), isTls));
    }

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(new GatewayOptions
    {
        Http = new HttpOptions { AllowedHosts = "chat.example.org, [2001:db8::1], 2001:db8::2,203.0.113.7" },
    });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();
}
