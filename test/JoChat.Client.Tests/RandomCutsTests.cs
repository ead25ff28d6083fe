namespace JoChat.Client.Tests;

/// <summary>The promise of the library: whatever is cut, each message goes out once and comes in once.</summary>
public sealed class RandomCutsTests
{
    private const int Sent = 150, Pushed = 150, Cuts = 25;

    public static TheoryData<int, WireEncoding> Seeds()
    {
        var seeds = new TheoryData<int, WireEncoding>();
        for (var seed = 0; seed < 16; seed++) { seeds.Add(seed, (WireEncoding)(seed % 2)); }
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_message_is_stored_once_in_order_and_each_is_seen_once(int seed, WireEncoding encoding)
    {
        using var sockets = new ScriptedServer();
        var server = new ModelServer(sockets, new Random(seed), Cuts, Pushed);
        var serving = server.RunAsync();
        var options = sockets.FullOptions() with { Encoding = encoding, MaxPendingRequests = 1 + (seed % 8) };
        await using (var client = await ConnectAsync(options))
        {
            var seen = ReadAsync(client);
            var sends = Enumerable.Range(0, Sent).Select(number => client.SendAsync("bob", $"{number}")).ToArray();

            var stored = await Task.WhenAll(sends).OrFail();
            Assert.Equal(Enumerable.Range(1, Sent), stored.Select(message => (int)message!.Id));
            Assert.Equal(Enumerable.Range(1, Pushed), await seen.OrFail());
            await AcknowledgeAsync(client, server).OrFail();
        }
        sockets.Dispose();
        await serving.OrFail();

        Assert.Equal(Enumerable.Range(0, Sent).Select(number => $"{number}"), server.Stored);
        Assert.True(server.Pushes > Pushed, "nothing was ever pushed twice");
    }

    // The first connection and login are the caller's to repeat.
    private static async Task<JoChatClient> ConnectAsync(JoChatClientOptions options)
    {
        while (true)
        {
            try
            {
                var client = await JoChatClient.ConnectAsync(options).OrFail();
                await client.LogInAsync("ada", Sessions.Password).OrFail();
                return client;
            }
            catch (JoChatException cut) when (cut is ConnectionLostException or ServerUnreachableException)
            {
                // cut already
            }
        }
    }

    // All but the last one, at which the loop was left. What a cut swallows is acknowledged when it comes again.
    private static async Task AcknowledgeAsync(JoChatClient client, ModelServer server)
    {
        while (server.AcknowledgedCount < Pushed - 1)
        {
            try
            {
                await client.CountUnreadAsync();
            }
            catch (ConnectionLostException)
            {
                // cut, and made anew
            }
        }
    }

    private static async Task<List<int>> ReadAsync(JoChatClient client)
    {
        var ids = new List<int>();
        await foreach (var message in client.ReadMessagesAsync())
        {
            ids.Add((int)message.Id);
            if (ids.Count == Pushed) { break; }
        }
        return ids;
    }
}
