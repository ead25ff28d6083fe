using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>Shows people: those found by a pattern, page by page, and whether they are there.</summary>
internal sealed class PeopleSearch(
    JoChatClient client, ChatScreen screen, PeopleThere there, KnownNames names, MoreToShow more)
{
    private const int PageSize = 10; // accounts

    /// <summary>Finds one person.</summary>
    /// <returns>The name as they signed up.</returns>
    /// <exception cref="CommandFailedException">There is nobody of this name.</exception>
    public async Task<string> FindAsync(string who, CancellationToken cancellation)
    {
        var name = (await People.FindExactlyAsync(client, who, cancellation)).Username;
        names.Add(name);
        return name;
    }

    /// <summary>Shows those whose name matches.</summary>
    public Task ShowMatchesAsync(string pattern, CancellationToken cancellation) => ShowPageAsync(pattern, 0, cancellation);

    /// <summary>Shows one person.</summary>
    public async Task ShowAsync(string who, CancellationToken cancellation)
    {
        var name = await FindAsync(who, cancellation);
        screen.Say($"{name} is {(await there.FindAsync([name], cancellation) is [] ? "not here" : "here")}.");
    }

    /// <summary>Keeps somebody from the account.</summary>
    public async Task BlockAsync(string who, CancellationToken cancellation)
    {
        await client.BlockAsync(who, cancellation);
        screen.Say($"{who} cannot reach you any more, and is not told; /unblock {who} ends that.");
    }

    /// <summary>Lets somebody reach the account again.</summary>
    public async Task UnblockAsync(string who, CancellationToken cancellation)
    {
        screen.Say(await People.UnblockAsync(client, who, cancellation)
            ? $"{who} can reach you again; what came meanwhile stays away."
            : $"{who} is not blocked.");
    }

    /// <summary>Shows who is blocked.</summary>
    public Task ShowBlockedAsync(CancellationToken cancellation) => ShowBlockedAsync(after: 0, cancellation);

    private async Task ShowBlockedAsync(long after, CancellationToken cancellation)
    {
        var found = await client.ListBlockedAsync(after, PageSize + 1, cancellation);
        foreach (var account in found.Take(PageSize)) { screen.Say(account.Username); }
        if (found.IsEmpty) { screen.Say("You block nobody."); }
        if (found.Length > PageSize) { more.Is(next => ShowBlockedAsync(found[PageSize - 1].Id, next)); }
        else { more.IsNothing(); }
    }

    private async Task ShowPageAsync(string pattern, int start, CancellationToken cancellation)
    {
        // One more than a page, to know whether there is another.
        var found = await client.ListAccountsAsync(pattern, start, PageSize + 1, cancellation);
        var page = found.Take(PageSize).Select(account => account.Username).ToArray();
        var present = page.Length == 0 ? [] : await there.FindAsync(page, cancellation);
        foreach (var name in page)
        {
            names.Add(name);
            screen.Say(present.Contains(name) ? $"{name} (here)" : name);
        }
        if (found.IsEmpty) { screen.Say("Nobody."); }
        if (found.Length > PageSize) { more.Is(next => ShowPageAsync(pattern, start + PageSize, next)); }
        else { more.IsNothing(); }
    }
}
