using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Resume tokens that rotate, and what a thief can do with one.</summary>
public sealed class StolenTokenTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private static readonly Secret Password = new("pw");
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("json on WebSocket")]
    [InlineData("binary on WebSocket")]
    public async Task Each_resume_gives_the_next_token_and_one_that_was_replaced_ends_the_login(string way)
    {
        var first = await LogInOnceAsync(way);
        await RotateAsync(way, first); // its answer is lost
        var second = await RotateAsync(way, first);
        using var owner = await ConnectAsync(way);
        var third = await ResumeAsync(owner, second);

        using var thief = await ConnectAsync(way);
        Assert.Equal(Refusals.InvalidToken, await thief.AskAsync(new Resume(first)));

        Assert.Equal(new SessionClosed(SessionCloseReason.Revoked), await owner.NextEventAsync());
        foreach (var token in new[] { second, third })
        {
            using var late = await ConnectAsync(way);
            Assert.Equal(Refusals.InvalidToken, await late.AskAsync(new Resume(token)));
        }
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task A_client_that_does_not_rotate_keeps_its_token(string way)
    {
        var token = await LogInOnceAsync(way);

        for (var times = 0; times < 3; times++)
        {
            using var client = await ConnectAsync(way, Features.Push);
            Assert.Equal(new Resumed(_ada, 0), await client.AskAsync(new Resume(token)));
        }
    }

    [Fact]
    public async Task A_thief_who_resumes_for_ever_cannot_keep_the_owner_from_changing_the_password()
    {
        var stolen = await LogInOnceAsync("json");
        using var enough = new CancellationTokenSource();
        var (attempts, refused) = (0, new TaskCompletionSource());
        var stealing = StealAsync();
        using var owner = await ConnectAsync("json");

        Assert.IsType<LoggedIn>(await owner.AskAsync(new LogIn(_ada, Password, Takeover: true)));
        await refused.Task.OrFail(); // he was there in between
        Assert.Equal(
            new PasswordChanged(), await owner.AskAsync(new ChangePassword(Password, new Secret("new"))));
        await enough.CancelAsync();
        await stealing;

        Assert.True(attempts > 0);
        using var late = await ConnectAsync("json");
        Assert.Equal(Refusals.InvalidToken, await late.AskAsync(new Resume(stolen)));
        Assert.Equal(new UnreadCounted(0), await owner.AskAsync(new CountUnread()));

        async Task StealAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                using var thief = await server.ConnectAsync("json");
                var answer = await thief.AskAsync(new Resume(stolen));
                attempts++;
                if (answer is Refused { Code: ErrorCode.AlreadyLoggedIn }) { refused.TrySetResult(); }
            }
        }
    }

    [Fact]
    public async Task A_password_change_that_has_begun_is_done_though_the_session_was_taken_over()
    {
        await SignUpAsync();
        using var owner = await ConnectAsync("json");
        var token = Assert.IsType<LoggedIn>(await owner.AskAsync(new LogIn(_ada, Password, WantsToken: true))).ResumeToken;
        using var thief = await ConnectAsync("json");

        await owner.TellAsync(new ChangePassword(Password, new Secret("new")));
        await owner.TellAsync(new Ping());
        Assert.IsType<Resumed>(await thief.AskAsync(new Resume(token))); // the hash takes longer

        Assert.Contains("Password changed.", await owner.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(new SessionClosed(SessionCloseReason.Revoked), await thief.NextEventAsync());
        using var late = await ConnectAsync("json");
        Assert.Equal(Refusals.InvalidToken, await late.AskAsync(new Resume(token)));
        Assert.IsType<LoggedIn>(await late.AskAsync(new LogIn(_ada, new Secret("new"))));
    }

    private Task<RawClient> ConnectAsync(string way) => ConnectAsync(way, Features.Rotate);

    private async Task<RawClient> ConnectAsync(string way, Features features)
    {
        var client = await server.ConnectAsync(way);
        Assert.Equal(features, Assert.IsType<Welcome>(await client.AskAsync(new Hello("test", features))).Features);
        return client;
    }

    private async Task SignUpAsync()
    {
        using var client = await server.ConnectAsync("json");
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(_ada, Password)));
    }

    private async Task<Secret> LogInOnceAsync(string way)
    {
        await SignUpAsync();
        using var client = await ConnectAsync(way);
        return Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(_ada, Password, WantsToken: true)))
            .ResumeToken!.Value;
    }

    private async Task<Secret> RotateAsync(string way, Secret token)
    {
        using var client = await ConnectAsync(way);
        return await ResumeAsync(client, token);
    }

    private async Task<Secret> ResumeAsync(RawClient client, Secret token)
    {
        var resumed = Assert.IsType<Resumed>(await client.AskAsync(new Resume(token)));
        Assert.Equal(_ada, resumed.Username);
        return resumed.ResumeToken!.Value;
    }
}
