using System.Net.Sockets;

namespace JoChat.Load;

/// <summary>Those who attack together. Whatever the server does to one of them, it comes again.</summary>
internal static class AttackCrowd
{
    /// <summary>The attack that is all others at once.</summary>
    public const string Mix = "mix";

    public const int Accounts = 20, Guests = 300;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>The accounts of attackers.</summary>
    public static IReadOnlyList<string> Names { get; } = SeededAccounts.Names('a', Accounts);

    /// <summary>Attacks until it is cancelled.</summary>
    public static async Task RunAsync(int port, string attack, CancellationToken cancellation)
    {
        var byAccounts = Chosen(AccountAttacks.All, attack);
        var byGuests = Chosen(GuestAttacks.All, attack);
        var attackers = new List<Task>();
        for (var i = 0; byAccounts.Count > 0 && i < Accounts; i++)
        {
            attackers.Add(RepeatAsync(port, Names[i], byAccounts[i % byAccounts.Count], cancellation));
        }
        for (var i = 0; byGuests.Count > 0 && i < Guests; i++)
        {
            attackers.Add(RepeatAsync(port, Names[i % Accounts], byGuests[i % byGuests.Count], cancellation));
        }
        Console.WriteLine($"{attackers.Count} attack");
        await Task.WhenAll(attackers);
    }

    private static List<Func<Attacker, Task>> Chosen(
        IReadOnlyDictionary<string, Func<Attacker, Task>> all, string attack) =>
        [.. all.Where(each => attack is Mix || attack.Split(',').Contains(each.Key)).Select(each => each.Value)];

    private static async Task RepeatAsync(
        int port, string name, Func<Attacker, Task> attack, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using var attacker = await Attacker.ConnectAsync(port, name, cancellation);
                await attack(attacker);
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                await Task.Delay(Breath, CancellationToken.None); // cut, or not let in
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
