namespace JoChat.Hocon.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000", 1000)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1Ki", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("1 kilobyte", 1000)]
    [InlineData("2 kibibytes", 2048)]
    [InlineData("7B", 7)]
    [InlineData("7b", 7)]
    [InlineData("1byte", 1)]
    [InlineData("7 bytes", 7)]
    [InlineData(".001GB", 1_000_000)]
    [InlineData("1.5M", 1_572_864)]
    [InlineData(" 3   MB ", 3_000_000)]
    [InlineData("1t", 1L << 40)]
    [InlineData("1TB", 1_000_000_000_000)]
    [InlineData("1pebibyte", 1L << 50)]
    [InlineData("1EB", 1_000_000_000_000_000_000)]
    [InlineData("7.5EiB", 15L << 59)]
    [InlineData("0.9", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_size_is_a_number_and_a_unit(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KB")]
    [InlineData("1KB")]
    [InlineData("1mB")]
    [InlineData("1kIB")]
    [InlineData("1KILOBYTE")]
    [InlineData("1 0k")]
    [InlineData("8EiB")]
    [InlineData("9223372036854775808")]
    [InlineData("-1k")]
    [InlineData("-1")]
    [InlineData("1ZB")]
    public void What_is_no_size_or_beyond_the_range_is_refused(string text) =>
        Assert.False(ByteSize.TryParse(text, out _));
}
