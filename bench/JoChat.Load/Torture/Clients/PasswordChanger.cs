using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>An account that changes its password again and again. After an <c>ok</c> the new one holds and the old one
/// and all tokens do not; after a lost answer one of both holds.</summary>
internal sealed class PasswordChanger(SequentialClient client)
{
    private const int LongestPause = 100;

    // One of them holds. The oldest first: a change whose answer was lost may still be done while a login is under way,
    // so that an older one that is refused now will never hold again, and a newer one may hold later.
    private List<Secret> _candidates = [FirstPassword(client.Name)];
    private int _changes, _lifeOfRefusal;
    private Secret? _token;

    /// <summary>The password that it signs up with.</summary>
    public static Secret FirstPassword(string name) => new($"password 0 of {name}");

    // Then the first candidate holds: a refused change has done nothing.
    private bool IsRefusedInThisLife => _lifeOfRefusal == client.Life.Number;

    /// <summary>Changes it until the torture is over; then the last one must hold.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await ChangeAndCheckAsync(cancellation);
        }
        catch (LoadFailedException fault)
        {
            client.NoteFault(fault.Message); // it has no password any more; the others go on
        }
        client.Disconnect();
    }

    private async Task ChangeAndCheckAsync(CancellationToken cancellation)
    {
        while (!client.Torture.IsOver)
        {
            if (await LogInAsync(cancellation)) { await ChangeAsync(cancellation); }
            client.Disconnect();
            await Task.Delay(client.Random.Next(LongestPause), cancellation);
        }
        while (!await LogInAsync(cancellation)) { }
    }

    // Takes the account over: behind that, a change whose answer was lost is done or never will be.
    private async Task<bool> LogInAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < _candidates.Count; i++)
        {
            var answer = await client.AskAsync(
                new LogIn(client.Name, _candidates[i], Takeover: true, WantsToken: true), cancellation);
            switch (answer)
            {
                case LoggedIn entered:
                    _token = entered.ResumeToken;
                    _candidates.RemoveRange(0, i);
                    return true;
                case Refused { Code: ErrorCode.BadCredentials } when !IsRefusedInThisLife:
                    continue;
                case null:
                case var _ when client.IsStorageRefusal(answer):
                    return false;
                default:
                    client.NoteFault($"cannot log in by password {i} of {_candidates.Count}: {answer}");
                    return false;
            }
        }
        throw new LoadFailedException($"none of {_candidates.Count} possible passwords holds");
    }

    private async Task ChangeAsync(CancellationToken cancellation)
    {
        var next = new Secret(FormattableString.Invariant($"password {++_changes} of {client.Name}"));
        while (true)
        {
            var old = _candidates[0];
            var answer = await client.AskOrCutAsync(new ChangePassword(old, next), cancellation);
            switch (answer)
            {
                case PasswordChanged:
                    (_candidates, _lifeOfRefusal) = ([next], 0);
                    await CheckThatOldOnesAreRefusedAsync(old, cancellation);
                    return;
                case Refused { Code: ErrorCode.BadCredentials } when _candidates.Count > 1 && !IsRefusedInThisLife:
                    _candidates.RemoveAt(0);
                    continue;
                case var _ when client.IsStorageRefusal(answer):
                    // Nothing was done; but killed on a full disk, the server may find that it was.
                    _lifeOfRefusal = _candidates.Count == 1 || IsRefusedInThisLife ? client.Life.Number : 0;
                    _candidates.Add(next);
                    return;
                case null:
                    _lifeOfRefusal = 0;
                    _candidates.Add(next);
                    return;
                default:
                    client.NoteFault($"a change of the password was answered: {answer}");
                    return;
            }
        }
    }

    private async Task CheckThatOldOnesAreRefusedAsync(Secret old, CancellationToken cancellation)
    {
        client.Disconnect();
        Request[] invalid = [new LogIn(client.Name, old, Takeover: true), new Resume(_token)];
        foreach (var request in invalid)
        {
            var answer = await client.AskAsync(request, cancellation);
            if (answer is null or Refused { Code: ErrorCode.BadCredentials or ErrorCode.InvalidToken }
                || client.IsStorageRefusal(answer)) { continue; }
            client.NoteFault($"after a change of the password {request} was answered: {answer}");
        }
    }
}
