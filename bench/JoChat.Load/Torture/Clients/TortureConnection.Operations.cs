using JoChat.Protocol;

namespace JoChat.Load.Torture;

// What is asked between sends: what an account may read, mark_read, presence and typing. Every answer is judged.
internal sealed partial class TortureConnection
{
    private const int MostHistory = 40, MostConversations = 20;
    private const string UnknownName = "nobody"; // never signed up

    private async Task AskSomethingAsync()
    {
        if (_torture.IsOver) { return; }
        var random = _client.Random;
        var other = Other(random);
        // Half of the pages begin at the newest message, the others at a message that this client has seen.
        var before = random.Next(2) == 0 ? Ledger.PickSeenId(Name, other, random) : null;
        var context = new ReadContext(Name, _loginAt, Ledger.Now());
        switch (random.Next(6))
        {
            case 0:
                await AskAsync<UnreadCounted>(
                    new CountUnread(), life => life.MayRefuseReads, counted => Ledger.JudgeUnread(context, counted.Count));
                break;
            case 1:
                var history = new ReadHistory(other, before, random.Next(1, MostHistory));
                await AskAsync<History>(
                    history, life => life.MayRefuseReads, page => Ledger.JudgeHistory(context, history, page.Messages));
                break;
            case 2:
                var list = new ListConversations(before, random.Next(1, MostConversations));
                await AskAsync<ConversationList>(
                    list, life => life.MayRefuseReads, page => Ledger.JudgeConversations(context, list, page.Conversations));
                break;
            case 3:
                var asked = new AskPresence([Name, other, Other(random), UnknownName]);
                await AskAsync<PresenceOf>(asked, life => life.MayLoseWriter, answer => JudgePresence(asked, answer));
                break;
            case 4 when Ledger.PickSeenId(Name, other, random) is { } through:
                Ledger.NoteReadRequested(Name, other, through);
                await AskAsync<MarkedRead>(
                    new MarkRead(other, through), life => life.MayRefuseWrites,
                    _ => Ledger.NoteReadMarked(Name, other, through));
                break;
            default:
                var typing = new Typing(random.Next(8) == 0 ? UnknownName : other, IsTyping: random.Next(2) == 0);
                await AskAsync<TypingNoted>(typing, life => life.MayLoseWriter, _ => { });
                break;
        }
    }

    private async Task AskAsync<T>(Request request, Func<CurrentLife, bool> mayRefuse, Action<T> judge)
        where T : Response
    {
        var asked = Life;
        _awaited.Enqueue(answer =>
        {
            switch (answer)
            {
                case T done:
                    _torture.Counts.Add(request.Operation);
                    judge(done);
                    break;
                case Refused { Code: ErrorCode.StorageUnavailable } when asked.Excuses(mayRefuse, Life):
                    _torture.Counts.Add(Count.OtherRefusal);
                    break;
                case Refused { Code: ErrorCode.NotLoggedIn } when IsTakenOverByStrayLogin():
                    throw new IOException("a login that was cut off has taken over");
                default:
                    Ledger.NoteFinding(Finding.Fault, $"{Name}: {request} was answered: {answer}");
                    break;
            }
        });
        await _socket.WriteAsync(_socket.Frame(request), _ended.Token);
    }

    private void JudgePresence(AskPresence asked, PresenceOf answer)
    {
        foreach (var name in answer.Online)
        {
            if (!asked.Of.Contains(name) || !_torture.MayBeOnline(name, _firstLife))
            {
                Ledger.NoteFinding(Finding.Fault, $"{Name} was told that {name} is online");
            }
        }
        if (!answer.Online.Contains(Name))
        {
            Ledger.NoteFinding(Finding.Fault, $"{Name} is logged in and was told that it is not online");
        }
    }

    private string Other(Random random)
    {
        ClientKind[] others = [.. _torture.Clients.Where(other => other.Name != Name)];
        return others[random.Next(others.Length)].Name;
    }
}
