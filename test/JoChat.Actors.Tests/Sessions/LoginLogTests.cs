using JoChat.Protocol;
using Microsoft.Extensions.Time.Testing;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors.Tests;

public sealed class LoginLogTests
{
    private static readonly ClientAddress Here = ClientAddress.OfVersion4(0xC0000207);

    private readonly FakeTimeProvider _time = new();
    private readonly LogRecorder _lines = new();
    private readonly LoginLog _log;

    public LoginLogTests() => _log = new LoginLog(_lines, _time);

    [Fact]
    public void A_name_is_escaped_so_that_it_makes_no_line_of_its_own()
    {
        _log.Note(new AccountNews("A\"\nB", "signed up", Here));
        _log.Note(new LoginRefused("A\"\nB", ErrorCode.BadCredentials, Here));

        Assert.Equal(
        [
            """
            "A\u0022\nB" at 192.0.2.7 signed up
            """,
            """
            Log-in refused from 192.0.2.7: wrong password, "A\u0022\nB"
            """,
        ], Texts());
    }

    [Theory]
    [InlineData(ErrorCode.BadCredentials, "wrong name or password")]
    [InlineData(ErrorCode.InvalidToken, "unknown token")]
    [InlineData(ErrorCode.RateLimited, "too many guesses")]
    [InlineData(ErrorCode.NotAllowed, "disabled")]
    [InlineData(ErrorCode.AlreadyLoggedIn, "logged in elsewhere")]
    [InlineData(ErrorCode.Busy, "busy")]
    [InlineData(ErrorCode.StorageUnavailable, "the store fails")]
    [InlineData(ErrorCode.NotLoggedIn, "no longer logged in")]
    public void Why_is_told_in_words(ErrorCode code, string words)
    {
        _log.Note(new LoginRefused(null, code, Here));

        Assert.Equal([$"Log-in refused from 192.0.2.7: {words}"], Texts());
    }

    [Fact]
    public void A_flood_comes_to_twenty_lines_and_a_count()
    {
        for (var i = 0; i < 5000; i++) { _log.Note(new LoginRefused(null, ErrorCode.BadCredentials, Here)); }
        Assert.Equal(20, _lines.ReadAll().Count);

        _log.TellRest();
        var rest = Assert.Single(_lines.ReadAll());
        Assert.Equal(
            (LogLevel.Warning, "4980 more log-ins refused from 1 addresses, most from 192.0.2.7: 4980"), (rest.Level, rest.Text));
        _log.TellRest();
        Assert.Empty(_lines.ReadAll());
    }

    [Fact]
    public void Who_floods_it_with_an_account_hides_no_other_of_the_same_address()
    {
        for (var i = 0; i < 30; i++) { _log.Note(new AccountNews("eve", "logged in with its password", Here)); }
        Assert.Equal(20, _lines.ReadAll().Count);

        _log.Note(new AccountNews("ada", "logged in with its password", Here));
        _log.TellRest();

        Assert.Equal(
        [
            "\"ada\" at 192.0.2.7 logged in with its password",
            "10 more log-ins and the like of 1 accounts, most of \"eve\": 10",
        ], Texts());
    }

    [Fact]
    public void Where_only_warnings_are_logged_refusals_are_counted()
    {
        _lines.Least = LogLevel.Warning;
        _log.Note(new LoginRefused(null, ErrorCode.BadCredentials, Here));
        _log.Note(new AccountNews("ada", "signed up", Here));

        _log.TellRest();

        Assert.Equal(["1 more log-ins refused from 1 addresses, most from 192.0.2.7: 1"], Texts());
    }

    [Fact]
    public void A_flood_of_refusals_hides_nobody_who_logs_in()
    {
        for (var i = 0; i < 5000; i++) { _log.Note(new LoginRefused(null, ErrorCode.BadCredentials, Here)); }
        _lines.ReadAll();

        _log.Note(new AccountNews("ada", "logged in with its password", Here));

        Assert.Equal(["\"ada\" at 192.0.2.7 logged in with its password"], Texts());
    }

    private string[] Texts() => [.. _lines.ReadAll().Select(line => line.Text)];
}
