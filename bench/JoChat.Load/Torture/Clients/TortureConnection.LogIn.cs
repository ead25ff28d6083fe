using JoChat.Protocol;

namespace JoChat.Load.Torture;

// Hello and login, by token or by password.
internal sealed partial class TortureConnection
{
    private const int MostWaits = 40;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(25);

    // False if it was cut meanwhile.
    private async Task<bool> LogInAsync()
    {
        var requests = new SequentialRequests(_socket, TakeAsync);
        if (_client.Kind.Features != Features.None)
        {
            await requests.AskAsync(new Hello("jochat-load", _client.Kind.Features), _ended.Token);
        }
        var method = _client.Token is null && _plan.Login == LoginMethod.Token ? LoginMethod.Password : _plan.Login;
        for (var waits = 0; ; waits++)
        {
            _loginAt = Ledger.Now();
            var request = Request(method);
            var asked = Life;
            _torture.NoteLogin(Name, asked);
            if (IsPlanned(CutStep.InLogin))
            {
                await CutInLoginAsync(request);
                return false;
            }
            switch (await requests.AskAsync(request, _ended.Token))
            {
                case LoggedIn { ResumeToken: { } token }:
                    _client.Token = token;
                    _torture.Counts.Add(Count.Login);
                    return true;
                case Resumed:
                    _torture.Counts.Add(Count.Login);
                    return true;
                case Refused { Code: ErrorCode.StorageUnavailable } when asked.Excuses(life => life.MayRefuseWrites, Life):
                    _torture.Counts.Add(Count.OtherRefusal);
                    break;
                case Refused { Code: ErrorCode.AlreadyLoggedIn } when method == LoginMethod.PasswordWhenFree:
                    if (waits > MostWaits) { method = LoginMethod.Password; }
                    break;
                case var other:
                    Ledger.NoteFinding(Finding.Fault, $"{Name} cannot enter by {method}: {other}");
                    _client.Token = null;
                    method = LoginMethod.Password;
                    break;
            }
            await Task.Delay(Wait, _ended.Token);
        }
    }

    private Request Request(LoginMethod method) => method == LoginMethod.Token
        ? new Resume(_client.Token)
        : new LogIn(Name, _client.Password, Takeover: method == LoginMethod.Password, WantsToken: true);

    private async Task CutInLoginAsync(Request login)
    {
        var frame = _socket.Frame(login);
        var written = _plan.Countdown % 2 == 0 ? frame.Length : frame.Length / 2;
        if (written == frame.Length) { _client.StrayLogins++; }
        await _socket.WriteAsync(frame.AsMemory(0, written), _ended.Token);
        Cut(CutStep.InLogin);
    }
}
