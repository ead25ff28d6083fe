using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>The owner of an account sees who has its logins, and ends one.</summary>
public sealed class RevokedLoginTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private static readonly Secret Password = new("pw");
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("binary inside TLS")]
    [InlineData("json on WebSocket")]
    public async Task A_thief_is_seen_and_put_out_by_who_knows_the_password(string way)
    {
        const string Evil = "phone\u001b[2J\n\u202eten.live";
        using var phone = await ConnectAsync(way, "phone", Features.Rotate);
        await phone.AskAsync(new SignUp(_ada, Password));
        var token = await LogInAsync(phone);
        using var thief = await ConnectAsync(way, Evil, Features.Rotate | Features.Side);
        var next = Assert.IsType<Resumed>(await thief.AskAsync(new Resume(token))).ResumeToken!.Value;
        using var owner = await ConnectAsync(way, "laptop", Features.Rotate);
        await LogInAsync(owner);

        var listed = await ListAsync(owner);
        Assert.Equal(
            [(Evil, false, true), ("laptop", true, true)],
            listed.OrderBy(login => login.Id).Select(login => (login.Client, login.IsOwn, login.IsConnected)));
        Assert.All(listed, login => Assert.Equal("127.0.0.1", login.Address));
        var stolen = listed.Single(login => !login.IsOwn);
        Assert.True(stolen.CreatedAt < stolen.UsedAt);
        Assert.Equal(new LoginRevoked(IsOwn: false), await owner.AskAsync(new RevokeLogin(stolen.Id)));

        Assert.Equal(new SessionClosed(SessionCloseReason.Revoked), await thief.NextEventAsync());
        foreach (var dead in new[] { token, next })
        {
            using var late = await ConnectAsync(way, "late", Features.Rotate);
            Assert.Equal(Refusals.InvalidToken, await late.AskAsync(new Resume(dead)));
        }
        Assert.Equal("laptop", Assert.Single(await ListAsync(owner)).Client);
        Assert.Equal(Refusals.NoSuchLogin, await owner.AskAsync(new RevokeLogin(stolen.Id)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task Ones_own_login_ends_like_by_a_logout(string way)
    {
        using var client = await ConnectAsync(way, "phone", Features.Rotate);
        await client.AskAsync(new SignUp(_ada, Password));
        var token = await LogInAsync(client);
        var own = Assert.Single(await ListAsync(client)).Id;

        Assert.Equal(new LoginRevoked(IsOwn: true), await client.AskAsync(new RevokeLogin(own)));

        Assert.Equal(Refusals.NotLoggedIn(Operation.ListLogins), await client.AskAsync(new ListLogins()));
        Assert.Equal(Refusals.NotLoggedIn(Operation.RevokeLogin), await client.AskAsync(new RevokeLogin(own)));
        Assert.Equal(Refusals.InvalidToken, await client.AskAsync(new Resume(token)));
        await LogInAsync(client);
        Assert.NotEqual(own, Assert.Single(await ListAsync(client)).Id);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task The_login_of_somebody_else_is_answered_like_one_that_is_unknown(string way)
    {
        using var bob = await ConnectAsync(way, "bob's", Features.Rotate);
        await bob.AskAsync(new SignUp("bob" + _ada, Password));
        Assert.IsType<LoggedIn>(await bob.AskAsync(new LogIn("bob" + _ada, Password, WantsToken: true)));
        var his = Assert.Single(await ListAsync(bob)).Id;
        using var ada = await ConnectAsync(way, "ada's", Features.None);
        await ada.AskAsync(new SignUp(_ada, Password));
        Assert.IsType<LoggedIn>(await ada.AskAsync(new LogIn(_ada, Password))); // keeps nothing

        Assert.Empty(await ListAsync(ada));
        foreach (var id in new[] { his, his + 100_000, long.MaxValue })
        {
            Assert.Equal(Refusals.NoSuchLogin, await ada.AskAsync(new RevokeLogin(id)));
        }
        Assert.Equal(Refusals.NoLoginToRevoke, await ada.AskAsync(new RevokeLogin(null)));
        Assert.Equal(his, Assert.Single(await ListAsync(bob)).Id);
    }

    [Fact]
    public async Task A_login_is_listed_as_it_was_used_last()
    {
        using var first = await ConnectFromAsync("127.0.0.2", "old/1");
        await first.AskAsync(new SignUp(_ada, Password));
        var token = await LogInAsync(first);
        var before = Assert.Single(await ListAsync(first));
        using var second = await ConnectFromAsync("127.0.0.3", new string('n', 63) + "\U0001F600");
        Assert.IsType<Resumed>(await second.AskAsync(new Resume(token)));

        var after = Assert.Single(await ListAsync(second));

        Assert.Equal(("old/1", "127.0.0.2"), (before.Client, before.Address));
        Assert.Equal((new string('n', 63), "127.0.0.3"), (after.Client, after.Address));
        Assert.Equal((before.Id, before.CreatedAt), (after.Id, after.CreatedAt));
        Assert.True(before.UsedAt < after.UsedAt);
    }

    private static async Task<IReadOnlyList<ListedLogin>> ListAsync(RawClient client) =>
        Assert.IsType<LoginsListed>(await client.AskAsync(new ListLogins())).Logins;

    private async Task<Secret> LogInAsync(RawClient client) => Assert.IsType<LoggedIn>(
        await client.AskAsync(new LogIn(_ada, Password, Takeover: true, WantsToken: true))).ResumeToken!.Value;

    private async Task<RawClient> ConnectAsync(string way, string name, Features features)
    {
        var client = await server.ConnectAsync(way);
        await client.AskAsync(new Hello(name, features));
        return client;
    }

    private async Task<RawClient> ConnectFromAsync(string address, string name)
    {
        var client = await RawClient.ConnectAsync(server.Port, from: address);
        await client.AskAsync(new Hello(name, Features.Rotate));
        return client;
    }
}
