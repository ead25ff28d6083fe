using JoChat.Protocol;

namespace JoChat.Load.Torture;

// Hello and login, by token or by password.
internal sealed partial class Session
{
    private const int MostWaits = 40;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(25);

    // False if it was cut meanwhile.
    private async Task<bool> EnterAsync()
    {
        var inquiry = new Inquiry(_wire, TakeAsync);
        if (_client.Kind.Features != Features.None)
        {
            await inquiry.AskAsync(new Hello("jochat-load", _client.Kind.Features), _ended.Token);
        }
        var entrance = _client.Token is null && _plan.Entrance == Entrance.Token ? Entrance.Password : _plan.Entrance;
        for (var waits = 0; ; waits++)
        {
            _loginAt = Ledger.Now();
            var request = Request(entrance);
            _world.NoteLogin(Name, _life);
            if (IsPlanned(CutStep.InLogin))
            {
                await CutInLoginAsync(request);
                return false;
            }
            switch (await inquiry.AskAsync(request, _ended.Token))
            {
                case LoggedIn { ResumeToken: { } token }:
                    _client.Token = token;
                    _world.Counts.Add(Count.Login);
                    return true;
                case Resumed:
                    _world.Counts.Add(Count.Login);
                    return true;
                case Refused { Code: ErrorCode.StorageUnavailable } when _life.MayRefuseWrites:
                    _world.Counts.Add(Count.OtherRefusal);
                    break;
                case Refused { Code: ErrorCode.AlreadyLoggedIn } when entrance == Entrance.PasswordAlone:
                    if (waits > MostWaits) { entrance = Entrance.Password; }
                    break;
                case var other:
                    Ledger.NoteFinding(Finding.Fault, $"{Name} cannot enter by {entrance}: {other}");
                    _client.Token = null;
                    entrance = Entrance.Password;
                    break;
            }
            await Task.Delay(Wait, _ended.Token);
        }
    }

    private Request Request(Entrance entrance) => entrance == Entrance.Token
        ? new Resume(_client.Token)
        : new LogIn(Name, _client.Password, Takeover: entrance == Entrance.Password, WantsToken: true);

    private async Task CutInLoginAsync(Request login)
    {
        var frame = _wire.Frame(login);
        var written = _plan.Countdown % 2 == 0 ? frame.Length : frame.Length / 2;
        if (written == frame.Length) { _client.StrayLogins++; }
        await _wire.WriteAsync(frame.AsMemory(0, written), _ended.Token);
        Cut(CutStep.InLogin);
    }
}
