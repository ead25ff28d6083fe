using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Who has a session, but not the password, cannot delete the account.</summary>
public sealed class AccountDeletionTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private static readonly Secret Password = new("pw");
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("json on WebSocket")]
    public async Task A_session_that_came_with_a_token_must_give_the_password(string way)
    {
        using var first = await SignUpAsync(way);
        var token = Assert.IsType<LoggedIn>(await first.AskAsync(new LogIn(_ada, Password, WantsToken: true))).ResumeToken;
        using var client = await server.ConnectAsync(way);
        Assert.IsType<Resumed>(await client.AskAsync(new Resume(token)));

        Assert.Equal(Refusals.PasswordRequired, await client.AskAsync(new DeleteAccount()));
        Assert.Equal(
            Refusals.WrongPassword, await client.AskAsync(new DeleteAccount(new Secret("no"))));
        Assert.Equal(new UnreadCounted(0), await client.AskAsync(new CountUnread()));
        Assert.Equal(new AccountDeleted(), await client.AskAsync(new DeleteAccount(Password)));

        Assert.Equal(Refusals.BadCredentials, await client.AskAsync(new LogIn(_ada, Password)));
        foreach (var name in new[] { _ada, _ada.ToUpperInvariant() })
        {
            Assert.Equal(Refusals.UsernameTaken, await client.AskAsync(new SignUp(name, Password))); // it is held
        }
    }

    [Theory]
    [InlineData("json")]
    [InlineData("bare")]
    public async Task An_original_client_that_has_just_logged_in_needs_no_password(string way)
    {
        using var client = await SignUpAsync(way);
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(_ada, Password)));

        Assert.Equal(new AccountDeleted(), await client.AskAsync(new DeleteAccount()));
    }

    [Fact]
    public async Task Its_password_is_guessed_as_slowly_as_that_of_a_login()
    {
        using var client = await SignUpAsync("json");
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(_ada, Password)));

        var codes = new List<ErrorCode>();
        for (var guess = 0; guess < 11; guess++)
        {
            var answer = await client.AskAsync(new DeleteAccount(new Secret($"guess {guess}")));
            codes.Add(Assert.IsType<Refused>(answer).Code);
        }

        Assert.Equal([.. Enumerable.Repeat(ErrorCode.BadCredentials, 10), ErrorCode.RateLimited], codes);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("json on WebSocket")]
    public async Task Who_has_a_conversation_with_it_and_is_there_is_told_and_only_who_asked(string way)
    {
        var (friend, stranger, original) = (Name("fay"), Name("sue"), Name("old"));
        using var client = await SignUpAsync(way);
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(_ada, Password)));
        using var friends = await EnterAsync(way, friend, Features.Presence);
        using var side = await EnterAsync(way, friend, Features.Presence | Features.Side);
        using var strangers = await EnterAsync(way, stranger, Features.Presence);
        using var originals = await EnterAsync(way, original, Features.None);
        Assert.IsType<MessageStored>(await friends.AskAsync(new SendMessage(friend, _ada, "hello")));
        Assert.IsType<MessageStored>(await client.AskAsync(new SendMessage(_ada, original, "hello")));

        Assert.Equal(new AccountDeleted(), await client.AskAsync(new DeleteAccount()));

        Assert.Equal(new AccountGone(_ada), await friends.NextEventAsync());
        Assert.Equal(new AccountGone(_ada), await side.NextEventAsync());
        foreach (var other in new[] { strangers, originals })
        {
            Assert.IsType<UnreadCounted>(await other.AskAsync(new CountUnread())); // behind what it would be told
            Assert.False(other.HasEvents);
        }
    }

    private static string Name(string start) => start + Guid.NewGuid().ToString("N")[..8];

    private async Task<RawClient> EnterAsync(string way, string name, Features features)
    {
        var client = await server.ConnectAsync(way);
        if (!features.HasFlag(Features.Side))
        {
            Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, Password)));
        }
        if (features is not Features.None) { await client.AskAsync(new Hello("test", features)); }
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(name, Password)));
        return client;
    }

    private async Task<RawClient> SignUpAsync(string way)
    {
        var client = await server.ConnectAsync(way);
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(_ada, Password)));
        return client;
    }
}
