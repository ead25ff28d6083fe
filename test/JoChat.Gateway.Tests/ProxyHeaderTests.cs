using System.Buffers;

namespace JoChat.Gateway.Tests;

/// <summary>The PROXY protocol's header, version 2, as its specification gives it.</summary>
public sealed class ProxyHeaderTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";

    [Theory]
    [InlineData("21 11 000C  C0000207 C0000209 1F90 15B3", "192.0.2.7:8080")]
    [InlineData("21 11 0010  C0000207 C0000209 1F90 15B3 04000100", "192.0.2.7:8080")] // and more, which is passed over
    [InlineData("21 21 0024  20010DB8000000000000000000000007 20010DB8000000000000000000000009 1F90 15B3",
        "[2001:db8::7]:8080")]
    [InlineData("20 00 0000", null)] // LOCAL: the proxy's own
    [InlineData("20 11 000C  C0000207 C0000209 1F90 15B3", null)]
    [InlineData("21 31 00D8", null)] // a Unix socket has no address
    public void It_names_the_client_and_what_follows_is_left(string rest, string? client)
    {
        byte[] header = [.. Bytes(Signature + rest)];
        header = [.. header, .. new byte[16 + header[14] * 256 + header[15] - header.Length]];
        var input = new ReadOnlySequence<byte>([.. header, .. "{}"u8]);

        Assert.Equal(ProxyHeaderStatus.Read, ProxyHeader.Read(ref input, out var named));

        Assert.Equal((client, "{}"), (named?.ToString(), System.Text.Encoding.ASCII.GetString(input.ToArray())));
        for (var length = 0; length < header.Length; length++)
        {
            var part = new ReadOnlySequence<byte>(header, 0, length);
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.Read(ref part, out _));
        }
    }

    [Theory]
    [InlineData("7B")]
    [InlineData("0D0A0D0A000D0A515549540B 21110000")]
    [InlineData("50524F585920")] // version 1
    public void What_does_not_begin_with_its_signature_is_none(string bytes)
    {
        var input = new ReadOnlySequence<byte>(Bytes(bytes));

        Assert.Equal(ProxyHeaderStatus.None, ProxyHeader.Read(ref input, out _));
    }

    [Theory]
    [InlineData("11 11 000C")] // version 1
    [InlineData("22 11 000C")] // no such command
    [InlineData("21 11 1001")] // too long
    [InlineData("21 11 000B C0000207 C0000209 1F90 15")] // too short for its addresses
    public void A_header_that_cannot_be_read_is_invalid(string rest)
    {
        var input = new ReadOnlySequence<byte>(Bytes(Signature + rest));

        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(ref input, out _));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
