namespace JoChat.Load;

/// <summary>What somebody with an account can do to others.</summary>
internal static class AccountAttacks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyDictionary<string, Func<Attacker, Task>> All { get; } =
        new Dictionary<string, Func<Attacker, Task>>
        {
            ["large messages"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(
                    Requests.Send(attacker.Name, LargeContent.Away, new string('x', 64_000)), atOnce: 14);
            },
            ["small messages"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(Requests.Send(attacker.Name, LargeContent.Away, "x"), atOnce: 250);
            },
            ["lists from far behind"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(
                    Requests.Frame("list_accounts", new { pattern = "*", start = 40_000, count = 50 }), atOnce: 50);
            },
            ["patterns that match nothing"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(
                    Requests.Frame("list_accounts", new { pattern = "*a*a*a*a*a*a*a*a*9999999*", count = 50 }),
                    atOnce: 50);
            },
            ["ids that are nobody's"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(
                    Requests.Frame("delete_messages", new { message_ids_to_delete = Enumerable.Range(1, 10_000) }),
                    atOnce: 10);
            },
            ["conversations"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(Requests.Frame("conversations", new { count = 100 }), atOnce: 50);
            },
            ["history and inbox"] = async attacker =>
            {
                await attacker.LogInAsync();
                byte[] both =
                [
                    .. Requests.Frame("inbox", new { count = 500 }),
                    .. Requests.Frame("send_messages_to_client", new { }), .. Requests.CountUnread(),
                ];
                while (true)
                {
                    await attacker.AskAsync(both);
                    await attacker.AskAsync(both);
                }
            },
            ["typing"] = async attacker =>
            {
                await attacker.LogInAsync();
                await attacker.FloodAsync(
                    Requests.Frame("typing", new { recipient = LargeContent.Away, typing = true }), atOnce: 250);
            },
            ["answers that are not read"] = async attacker =>
            {
                await attacker.LogInAsync();
                for (var i = 0; i < 200; i++) { await attacker.SendAsync(Requests.Frame("inbox", new { count = 500 })); }
                await attacker.WaitAsync(Patience);
            },
            ["half requests"] = async attacker =>
            {
                await attacker.LogInAsync();
                var frame = Requests.Send(attacker.Name, LargeContent.Away, new string('x', 1_000_000));
                await attacker.SendAsync(frame.AsMemory(0, frame.Length - 100));
                await attacker.WaitAsync(Patience);
            },
        };
}
