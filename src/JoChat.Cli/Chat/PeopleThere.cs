using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Who is there. The server tells when somebody comes or goes of whom it was asked last; so the person of the
/// open query is asked for each time, and news of others are passed over.</summary>
/// <param name="client">Logged in.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="isPerson">Whether a person is told: a script is not interested.</param>
internal sealed class PeopleThere(JoChatClient client, ChatScreen screen, bool isPerson)
{
    private volatile string? _watchedKey;
    private string? _watched;

    // An original server does not know who is there.
    private bool _isUnknown;

    /// <summary>Who of these is there, as they signed up; nobody if the server does not know.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        if (_isUnknown) { return []; }
        try
        {
            return await client.WatchPresenceAsync(
                _watched is { } watched ? names.Append(watched) : names, cancellation);
        }
        catch (RefusedException refusal) when (refusal.Code is ErrorCode.UnknownOperation or ErrorCode.Unsupported)
        {
            _isUnknown = true;
            return [];
        }
    }

    /// <summary>From now on says when somebody comes or goes, and whether they are there.</summary>
    /// <param name="who">Null: nobody.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task WatchAsync(string? who, CancellationToken cancellation)
    {
        if (!isPerson) { return; }
        (_watched, _watchedKey) = (who, who is null ? null : Names.KeyOf(who));
        var present = await FindAsync([], cancellation);
        if (who is not null && present.Count == 0 && !_isUnknown) { screen.Say($"{who} is not here; what you write waits for them."); }
    }

    /// <summary>Somebody has come or gone.</summary>
    public void Note(PresenceChanged change)
    {
        if (Names.KeyOf(change.Username) != _watchedKey) { return; }
        screen.Say(change.IsOnline ? $"{change.Username} is here." : $"{change.Username} has left.");
    }

    /// <summary>Somebody who has talked to this person has deleted the account.</summary>
    public void Note(AccountGone gone)
    {
        if (isPerson) { screen.Say($"{gone.Username} deleted the account."); }
    }
}
