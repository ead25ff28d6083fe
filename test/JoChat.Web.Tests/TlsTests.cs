namespace JoChat.Web.Tests;

/// <summary>A gateway with a certificate serves the page over HTTPS, and its line is a WSS.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class TlsTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Over_HTTPS_people_talk_and_stay_logged_in_with_a_secure_cookie()
    {
        await using var gateway = await WebGateway.StartAsync(chromium, hasCertificate: true);
        Assert.StartsWith("https://", gateway.Address, StringComparison.Ordinal);
        var ada = await gateway.OpenAsync(new() { IgnoreHTTPSErrors = true });
        var lines = new List<string>();
        ada.Page.WebSocket += (_, line) => lines.Add(line.Url);
        await ada.SignUpAsync("ada");
        var bob = await gateway.EnterAsync("bob", new() { IgnoreHTTPSErrors = true });

        await ada.FindAsync("bob");
        await ada.SendAsync("over TLS");
        await bob.Row("ada").ClickAsync();
        await ada.SeeStateAsync("over TLS", "Read");
        await ada.Page.ReloadAsync();
        await ada.SeeStateAsync("over TLS", "Read");

        var cookie = Assert.Single(await ada.Page.Context.CookiesAsync());
        Assert.True(cookie.Secure);
        Assert.StartsWith("__Host-jochat-", cookie.Name, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.StartsWith("wss://", line, StringComparison.Ordinal));
        Assert.NotEmpty(lines);
    }
}
