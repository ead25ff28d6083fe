using System.Net;

namespace JoChat.Gateway.Tests;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8:0:0::/64")]
    [InlineData("2001:db8:1:fe02:3:4:5:6", "2001:db8:1:fe02::/64")]
    public void An_address_is_written_as_far_as_it_tells_clients_apart(string address, string written)
    {
        Assert.Equal(written, PeerAddress.Of(IPAddress.Parse(address)).ToString());
    }
}
