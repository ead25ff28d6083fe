using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>Shows the accounts found by <c>/who</c>, page by page.</summary>
internal sealed class PeopleSearch(JoChatClient client, ChatScreen screen, KnownNames names)
{
    private const int PageSize = 10; // accounts

    private string? _pattern;
    private int _start;

    public Task FirstPageAsync(string pattern, CancellationToken cancellation)
    {
        (_pattern, _start) = (pattern, 0);
        return NextPageAsync(cancellation);
    }

    public async Task NextPageAsync(CancellationToken cancellation)
    {
        if (_pattern is null)
        {
            screen.Say("There is no more; /who PATTERN begins a search.");
            return;
        }
        // One more than a page, to know whether there is another.
        var found = await client.ListAccountsAsync(_pattern, _start, PageSize + 1, cancellation);
        foreach (var account in found.Take(PageSize))
        {
            names.Add(account.Username);
            screen.Say(account.Username);
        }
        if (found.IsEmpty) { screen.Say("Nobody."); }
        _start += PageSize;
        if (found.Length > PageSize) { screen.Say("There are more: /more"); }
        else { _pattern = null; }
    }
}
