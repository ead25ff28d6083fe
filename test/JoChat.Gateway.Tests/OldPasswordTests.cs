namespace JoChat.Gateway.Tests;

/// <summary>Logins to accounts that older programs made.</summary>
[Trait("Speed", "Slow")]
public sealed class OldPasswordTests
{
    public static TheoryData<int> Schemas => [.. OldDatabases.Sqlite];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Passwords_of_old_accounts_log_in_and_others_do_not(int schema)
    {
        await using var gateway = await RunningGateway.StartAsync(oldSchema: schema);

        Assert.Equal("ok", await LogInAsync(gateway, "fay", "secret of fay")); // with fewer rounds than the others
        Assert.Equal("bad_credentials", await LogInAsync(gateway, "fay", "secret of ada"));
        Assert.Equal("ok", await LogInAsync(gateway, "ADA", "secret of ada"));
        Assert.Equal("bad_credentials", await LogInAsync(gateway, "dee", "secret of dee")); // was deleted
        var canChange = schema > 1;
        Assert.Equal(canChange ? "bad_credentials" : "ok", await LogInAsync(gateway, "Zoë", "secret of Zoë"));
        Assert.Equal(canChange ? "ok" : "bad_credentials", await LogInAsync(gateway, "Zoë", "new secret of Zoë"));
    }

    private static async Task<string> LogInAsync(RunningGateway gateway, string username, string password)
    {
        using var client = await RawClient.ConnectAsync(gateway.Port);
        var answer = await client.AskAsync("login", new { username, password, takeover = true });
        return (string)(answer["code"] ?? answer["status"])!;
    }
}
