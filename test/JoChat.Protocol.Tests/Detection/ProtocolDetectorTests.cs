using System.Buffers;

namespace JoChat.Protocol.Tests;

public sealed class ProtocolDetectorTests
{
    [Theory]
    [InlineData("", WireProtocol.Undecided)]
    [InlineData("00", WireProtocol.Undecided)]
    [InlineData("00000010", WireProtocol.Undecided)]
    [InlineData("00000010 '{'", WireProtocol.Json)]
    [InlineData("00ffffff '{'", WireProtocol.Json)] // too long a frame, but plainly JSON
    [InlineData("00000000", WireProtocol.Json)] // an empty frame; JSON tells its sender so in words
    [InlineData("00000000 00", WireProtocol.Json)]
    [InlineData("00000002 05", WireProtocol.Binary)]
    [InlineData("00000010 ' '", WireProtocol.Binary)]
    [InlineData("00000010 00", WireProtocol.Binary)]
    [InlineData("01", WireProtocol.Bare)]
    [InlineData("05 00 03", WireProtocol.Bare)]
    [InlineData("0b", WireProtocol.Bare)]
    [InlineData("0c", WireProtocol.Unknown)]
    [InlineData("15", WireProtocol.Unknown)]
    [InlineData("16", WireProtocol.Tls)]
    [InlineData("16 0301", WireProtocol.Tls)]
    [InlineData("17", WireProtocol.Unknown)]
    [InlineData("ff", WireProtocol.Unknown)]
    [InlineData("'{'", WireProtocol.Unknown)]
    [InlineData("'G'", WireProtocol.Undecided)]
    [InlineData("'GET'", WireProtocol.Undecided)]
    [InlineData("'GET '", WireProtocol.Http)]
    [InlineData("'GET / HTTP/1.1'", WireProtocol.Http)]
    [InlineData("'GETS'", WireProtocol.Unknown)]
    [InlineData("'get '", WireProtocol.Unknown)]
    [InlineData("'P'", WireProtocol.Undecided)]
    [InlineData("'PATCH '", WireProtocol.Http)]
    [InlineData("'POST /'", WireProtocol.Http)]
    [InlineData("'PUT /'", WireProtocol.Http)]
    [InlineData("'HEAD /'", WireProtocol.Http)]
    [InlineData("'DELETE /'", WireProtocol.Http)]
    [InlineData("'OPTIONS'", WireProtocol.Undecided)]
    [InlineData("'OPTIONS '", WireProtocol.Http)]
    [InlineData("'CONNECT '", WireProtocol.Http)]
    [InlineData("'TRACE '", WireProtocol.Http)]
    [InlineData("'PRI * HTTP/2.0'", WireProtocol.Http)]
    public void The_first_bytes_tell_and_in_pieces_too(string start, WireProtocol protocol)
    {
        var bytes = Hex.Read(start);

        Assert.Equal(protocol, ProtocolDetector.Detect(bytes));
        Assert.Equal(protocol, ProtocolDetector.Detect(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(protocol, ProtocolDetector.Detect(Sequences.SplitEverywhere(bytes)));
    }

    [Fact]
    public void So_many_bytes_always_suffice_and_what_is_told_stays()
    {
        var random = new Random(1);
        for (var first = 0; first < 256; first++)
        {
            var bytes = new byte[ProtocolDetector.MaxBytes];
            random.NextBytes(bytes);
            bytes[0] = (byte)first;

            var told = ProtocolDetector.Detect(bytes);

            Assert.NotEqual(WireProtocol.Undecided, told);
            for (var length = 0; length < bytes.Length; length++)
            {
                var earlier = ProtocolDetector.Detect(bytes.AsSpan(0, length));
                Assert.True(earlier is WireProtocol.Undecided || earlier == told);
            }
        }
    }
}
