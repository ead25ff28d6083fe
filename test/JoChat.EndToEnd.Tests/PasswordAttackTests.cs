using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Who floods or guesses slows down himself alone. Attackers and owners are at addresses of their own.</summary>
public sealed class PasswordAttackTests : IDisposable
{
    private const string Attacker = "127.0.0.66", Owner = "127.0.0.2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task An_honest_login_does_not_wait_for_those_of_an_address_that_floods()
    {
        const int Flood = 40;
        // Slow enough that the flood lasts for seconds, one at a time.
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.password-iterations=200000",
            "--set", "jochat.accounts.password-workers=1");
        await SignUpAsync(gateway, "ada");
        var flood = new List<RawClient>();
        var answers = new List<Task<Response>>();
        for (var i = 0; i < Flood; i++)
        {
            var guest = await RawClient.ConnectAsync(gateway.Port, from: Attacker);
            flood.Add(guest);
            answers.Add(guest.AskAsync(new LogIn($"stranger{i}", new Secret("guess"))));
        }

        Assert.IsType<LoggedIn>(await LogInAsync(gateway, "ada", Owner));

        Assert.InRange(answers.Count(answer => answer.IsCompleted), 0, Flood / 2);
        foreach (var answer in answers) { Assert.IsType<Refused>(await answer.OrFail()); } // each is answered in its turn
        flood.ForEach(guest => guest.Dispose());
    }

    [LinuxFact]
    public async Task Those_who_log_in_and_hang_up_keep_nobody_waiting_even_at_the_same_address()
    {
        const int Flood = 50;
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.password-iterations=200000",
            "--set", "jochat.accounts.password-workers=1", "--set", "jochat.accounts.password-queue=10");
        await SignUpAsync(gateway, "ada");
        for (var i = 0; i < Flood; i++)
        {
            using var guest = await RawClient.ConnectAsync(gateway.Port, from: Owner);
            await guest.TellAsync(new LogIn($"stranger{i}", new Secret("guess")));
        }

        Assert.IsType<LoggedIn>(await LogInAsync(gateway, "ada", Owner)); // and is not refused as busy
    }

    [LinuxTheory("sh")]
    [InlineData("ada", ", \"ada\"")]
    [InlineData("nobody", "")]
    public async Task Guesses_are_slowed_and_logged_whether_the_account_exists_or_not_and_its_owner_is_not(
        string name, string account)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        await SignUpAsync(gateway, "ada");
        Assert.IsType<LoggedIn>(await LogInAsync(gateway, "ada", Owner));
        using var attacker = await RawClient.ConnectAsync(gateway.Port, from: Attacker);

        var codes = new List<ErrorCode>();
        for (var i = 0; i < 30; i++)
        {
            var refused = Assert.IsType<Refused>(await attacker.AskAsync(new LogIn(name, new Secret($"guess {i}"))));
            codes.Add(refused.Code);
            Assert.Equal(refused.Code is ErrorCode.RateLimited, refused.RetryAfter > TimeSpan.Zero);
        }

        Assert.Equal(Enumerable.Repeat(ErrorCode.BadCredentials, 10), codes[..10]);
        Assert.InRange(codes.Count(code => code is ErrorCode.RateLimited), 15, 20); // one more each 6 s
        Assert.IsType<LoggedIn>(await LogInAsync(gateway, "ada", Owner));
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains(
            $"Log-in refused from {Attacker}: too many guesses{account}\n", gateway.Errors.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_login_that_is_refused_has_the_same_bytes_whatever_account_there_is()
    {
        await using (var before = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.password-iterations=10"))
        {
            await SignUpAsync(before, "dormant");
        }
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.accounts.guesses-per-minute=1000");
        foreach (var name in new[] { "usual", "blocked" }) { await SignUpAsync(gateway, name); }
        using (var usual = await RawClient.EnterAsync(gateway.Port, "deleted"))
        {
            Assert.IsType<Blocked>(await usual.AskAsync(new Block("blocked")));
            Assert.IsType<AccountDeleted>(await usual.AskAsync(new DeleteAccount(new Secret("pw-deleted"))));
        }
        using (var usual = await RawClient.ConnectAsync(gateway.Port))
        {
            await usual.LogInAsync("usual");
            Assert.IsType<Blocked>(await usual.AskAsync(new Block("blocked")));
        }
        using var guest = await RawClient.ConnectAsync(gateway.Port, from: Attacker);

        var answers = new List<string?>();
        foreach (var name in new[] { "usual", "dormant", "blocked", "deleted", "nobody", "no such name, as of none" })
        {
            answers.Add(await guest.AskAsync(Wire.Request("login", new { username = name, password = "wrong" })));
        }

        Assert.NotNull(Assert.Single(answers.Distinct()));
    }

    private static async Task SignUpAsync(GatewayProcess gateway, string name)
    {
        using var client = await RawClient.ConnectAsync(gateway.Port, from: Owner);
        await client.SignUpAsync(name);
    }

    private static async Task<Response> LogInAsync(GatewayProcess gateway, string name, string from)
    {
        using var client = await RawClient.ConnectAsync(gateway.Port, from: from);
        return await client.AskAsync(new LogIn(name, new Secret("pw-" + name), Takeover: true)).OrFail();
    }
}
