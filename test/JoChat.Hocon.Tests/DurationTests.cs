namespace JoChat.Hocon.Tests;

public sealed class DurationTests
{
    public static readonly TheoryData<string, TimeSpan> Accepted = new()
    {
        { "1s", TimeSpan.FromSeconds(1) }, { "1 s", TimeSpan.FromSeconds(1) }, { " 1   s ", TimeSpan.FromSeconds(1) },
        { "1000", TimeSpan.FromSeconds(1) }, { "1.5h", TimeSpan.FromMinutes(90) }, { "0.5d", TimeSpan.FromHours(12) },
        { "1d", TimeSpan.FromDays(1) }, { ".5m", TimeSpan.FromSeconds(30) }, { "-1s", TimeSpan.FromSeconds(-1) },
        { "0", TimeSpan.Zero }, { "0.001", TimeSpan.FromMicroseconds(1) },
        { "200ns", TimeSpan.FromTicks(2) }, { "1nano", TimeSpan.Zero }, { "100 nanos", TimeSpan.FromTicks(1) },
        { "150 nanosecond", TimeSpan.FromTicks(1) }, { "199 nanoseconds", TimeSpan.FromTicks(1) },
        { "2us", TimeSpan.FromMicroseconds(2) }, { "2micro", TimeSpan.FromMicroseconds(2) },
        { "2micros", TimeSpan.FromMicroseconds(2) }, { "1microsecond", TimeSpan.FromMicroseconds(1) },
        { "2microseconds", TimeSpan.FromMicroseconds(2) }, { "2ms", TimeSpan.FromMilliseconds(2) },
        { "1milli", TimeSpan.FromMilliseconds(1) }, { "2millis", TimeSpan.FromMilliseconds(2) },
        { "1millisecond", TimeSpan.FromMilliseconds(1) }, { "2milliseconds", TimeSpan.FromMilliseconds(2) },
        { "1second", TimeSpan.FromSeconds(1) }, { "2seconds", TimeSpan.FromSeconds(2) },
        { "1minute", TimeSpan.FromMinutes(1) }, { "2minutes", TimeSpan.FromMinutes(2) },
        { "1hour", TimeSpan.FromHours(1) }, { "2hours", TimeSpan.FromHours(2) },
        { "1day", TimeSpan.FromDays(1) }, { "2days", TimeSpan.FromDays(2) },
        { "00:00:10", TimeSpan.FromSeconds(10) }, { "-1.02:03:04.5", new TimeSpan(-1, -2, -3, -4, -500) },
        { "9223372036854775807ns", TimeSpan.FromTicks(92233720368547758) },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_duration_is_a_number_and_a_unit_or_a_clock_time(string text, TimeSpan duration)
    {
        Assert.True(Duration.TryParse(text, out var parsed));
        Assert.Equal(duration, parsed.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1 00 s")]
    [InlineData("10 dollars")]
    [InlineData("1S")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("10:30")]
    [InlineData("- 1s")]
    [InlineData("20000000d")]
    [InlineData("-20000000d")]
    [InlineData("999999999999999999999999999999999d")]
    [InlineData("infinite")]
    public void What_is_no_duration_or_beyond_the_range_is_refused(string text) =>
        Assert.False(Duration.TryParse(text, out _));
}
