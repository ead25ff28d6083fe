using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>What an original client does, with the two settings it needs: it lists people before anybody has logged
/// in, and its tests reset the database.</summary>
[Trait("Speed", "Slow")]
public sealed class OriginalClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("bare")]
    public async Task An_original_clients_session_works_unchanged(string form)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path,
            "JOCHAT__ACCOUNTS__ANONYMOUSLISTING=on", "--set", "jochat.dev.allow-reset-db=on");
        using var ada = await RawClient.ConnectAsync(form, gateway.Port, httpPort: 0);
        using var bob = await RawClient.ConnectAsync(form, gateway.Port, httpPort: 0);

        Assert.Equal(new DatabaseReset(), await ada.AskAsync(new ResetDatabase()));
        foreach (var (client, name) in new[] { (ada, "ada"), (bob, "bob") })
        {
            Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, Password(name))));
        }
        var listed = Assert.IsType<AccountsListed>(await ada.AskAsync(new ListAccounts("*", 0, 10)));
        Assert.Equal(["ada", "bob"], listed.Users.Select(user => user.Username));

        Assert.Equal(new LoggedIn(0), await ada.AskAsync(new LogIn("ada", Password("ada"))));
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(new MessageStored(), await ada.AskAsync(new SendMessage("ada", "bob", $"{i}")));
        }
        Assert.Equal(new LoggedIn(300), await bob.AskAsync(new LogIn("bob", Password("bob"))));
        var away = Assert.IsType<AwayFetched>(await bob.AskAsync(new FetchAway(255)));
        Assert.Equal(Enumerable.Range(0, 255).Select(i => $"{i}"), away.Messages.Select(message => message.Content));
        Assert.Equal(new UnreadCounted(45), await bob.AskAsync(new CountUnread()));
        Assert.Equal(new DatabaseReset(), await ada.AskAsync(new ResetDatabase()));
        Assert.Equal(Refusals.NotLoggedIn(Operation.CountUnread), await bob.AskAsync(new CountUnread()));
        Assert.Equal(string.Empty, gateway.Complaints);
    }

    // As an original client sends it: the hexadecimal SHA-256 is what it calls the password.
    private static Secret Password(string name) => new(Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))));
}
