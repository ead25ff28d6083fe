namespace JoChat.Load;

/// <summary>What somebody without an account can do to others.</summary>
internal static class GuestAttacks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Moment = TimeSpan.FromMilliseconds(20);

    public static IReadOnlyDictionary<string, Func<Attacker, Task>> All { get; } =
        new Dictionary<string, Func<Attacker, Task>>
        {
            ["logins that hang up"] = async attacker =>
            {
                await attacker.SendAsync(Requests.Frame(
                    "login", new { username = attacker.Name, password = $"guess {Random.Shared.Next()}" }));
                await attacker.WaitAsync(Moment);
            },
            ["sign-ups"] = async attacker =>
                await attacker.AskAsync(Requests.SignUp($"new{Random.Shared.Next()}")),
            ["connections"] = attacker => attacker.WaitAsync(Moment),
            ["hello"] = attacker => attacker.FloodAsync(Requests.Frame("hello", new { client = "x" }), atOnce: 100),
            ["half hellos"] = async attacker =>
            {
                var frame = Requests.Frame("hello", new { client = new string('x', 8000) });
                await attacker.SendAsync(frame.AsMemory(0, frame.Length - 10));
                await attacker.WaitAsync(Patience);
            },
            ["noise"] = async attacker =>
            {
                var noise = new byte[4096];
                Random.Shared.NextBytes(noise);
                await attacker.SendAsync(noise);
                await attacker.WaitAsync(Moment);
            },
        };
}
