using System.Collections.Immutable;
using System.Text;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>Looks people up.</summary>
internal static class People
{
    private const string Special = @"*?%_\";
    private const int PageSize = 200; // accounts; fits the original protocol's byte

    /// <summary>Finds accounts by a pattern.</summary>
    /// <returns>They, and whether there are more.</returns>
    public static async Task<(List<ListedAccount> Found, bool HasMore)> FindAsync(
        JoChatClient client, string pattern, int start, int limit, CancellationToken cancellation)
    {
        var found = new List<ListedAccount>();
        while (true)
        {
            // One more than is wanted tells whether there are more.
            var wanted = (int)Math.Min((long)limit + 1 - found.Count, PageSize);
            var page = await client.ListAccountsAsync(pattern, start + found.Count, wanted, cancellation);
            found.AddRange(page);
            if (found.Count > limit) { return (found[..limit], true); }
            if (page.Length < wanted) { return (found, false); }
        }
    }

    /// <summary>Finds the account of exactly this name.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static async Task<ListedAccount> FindExactlyAsync(
        JoChatClient client, string name, CancellationToken cancellation)
    {
        var nobody = new CommandFailedException($"There is nobody called {name}.", ExitCode.NoSuchRecipient);
        if (!Username.TryParse(name, out var wanted, out _)) { throw nobody; }
        // A pattern with a wildcard is one of the whole name, so few names match; without one, all that contain it do.
        var last = wanted.Text.EnumerateRunes().Last();
        var pattern = Literally(wanted.Text[..^last.Utf16SequenceLength]) + "?";
        for (var start = 0; ; start += PageSize)
        {
            var page = await client.ListAccountsAsync(pattern, start, PageSize, cancellation);
            if (Find(page, name) is { } account) { return account; }
            if (page.Length < PageSize) { break; }
        }
        // A server that does not show everyone answers only to the name itself.
        return Find(await client.ListAccountsAsync(Literally(wanted.Text), 0, PageSize, cancellation), name)
            ?? throw nobody;
    }

    /// <summary>All whom the account blocks.</summary>
    public static async Task<List<ListedAccount>> BlockedAsync(JoChatClient client, CancellationToken cancellation)
    {
        var blocked = new List<ListedAccount>();
        while (true)
        {
            var page = await client.ListBlockedAsync(
                blocked.LastOrDefault().Id, Limits.MaxListedBlocked, cancellation);
            if (page.IsEmpty) { return blocked; }
            blocked.AddRange(page);
        }
    }

    /// <summary>Lets somebody reach the account again.</summary>
    /// <returns>Whether they were blocked before.</returns>
    public static async Task<bool> UnblockAsync(JoChatClient client, string name, CancellationToken cancellation)
    {
        var wasBlocked = (await BlockedAsync(client, cancellation)).Exists(
            account => Names.AreSame(account.Username, name));
        await client.UnblockAsync(name, cancellation); // in any case: another session may have blocked them since
        return wasBlocked;
    }

    private static ListedAccount? Find(ImmutableArray<ListedAccount> accounts, string name)
    {
        foreach (var account in accounts)
        {
            if (Names.AreSame(account.Username, name)) { return account; }
        }
        return null;
    }

    /// <summary>A pattern that finds the names that contain a text, whatever is in it.</summary>
    public static string Literally(string text)
    {
        var pattern = new StringBuilder();
        foreach (var character in text)
        {
            if (Special.Contains(character)) { pattern.Append('\\'); }
            pattern.Append(character);
        }
        return pattern.ToString();
    }

    /// <summary>Who of some people is present.</summary>
    /// <returns>Their usernames; null if the server does not tell.</returns>
    public static async Task<IReadOnlySet<string>?> PresentAsync(
        JoChatClient client, IEnumerable<ListedAccount> accounts, CancellationToken cancellation)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var some in accounts.Select(account => account.Username).Chunk(Limits.MaxPresenceNames))
            {
                present.UnionWith(await client.WatchPresenceAsync(some, cancellation));
            }
            return present;
        }
        catch (RefusedException refusal) when (refusal.Code is ErrorCode.UnknownOperation or ErrorCode.Unsupported)
        {
            return null; // a server without presence
        }
    }
}
