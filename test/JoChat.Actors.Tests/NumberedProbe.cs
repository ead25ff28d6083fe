using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A probe that speaks of commands and responses, and leaves their request numbers to itself: it answers with
/// the number of what it received last.</summary>
internal sealed class NumberedProbe(TestProbe probe)
{
    public IActorRef Ref => probe.Ref;

    public bool HasMessages => probe.HasMessages;

    public void Send(IActorRef to, object message) => probe.Send(to, message);

    public void Reply(object message) => probe.Reply(message switch
    {
        Response response when probe.LastMessage is PairCommand read =>
            new AnsweredFor(read.Request, read.Account, response),
        Response response => new Answered(LastRequest(), response),
        Reply reply => reply with { Request = LastRequest() },
        _ => message,
    });

    public async Task<IReadOnlyList<object>> ReceiveAsync(int count)
    {
        var received = new List<object>(count);
        while (received.Count < count) { received.Add(await probe.ExpectMsgAsync<object>()); }
        return received;
    }

    public async Task<T> ExpectMsgAsync<T>() => typeof(T).IsAssignableTo(typeof(Response))
        ? Assert.IsAssignableFrom<T>(ResponseOf(await probe.ExpectMsgAsync<Reply>()))
        : await probe.ExpectMsgAsync<T>();

    public async Task<object> ExpectMsgAsync(object expected)
    {
        var received = expected is Response
            ? await ExpectMsgAsync<Response>()
            : WithoutNumber(await probe.ReceiveOneAsync(), expected);
        Assert.Equal(expected, received);
        return received;
    }

    private static object WithoutNumber(object received, object expected) => (received, expected) switch
    {
        (Command command, Command other) => command with { Request = other.Request },
        (PasswordWork work, PasswordWork other) => work with { Request = other.Request },
        (Reply reply, Reply other) => reply with { Request = other.Request },
        _ => received,
    };

    private static Response? ResponseOf(Reply reply) =>
        (reply as Answered)?.Response ?? (reply as AnsweredFor)?.Response;

    private long LastRequest() => probe.LastMessage switch
    {
        Command command => command.Request,
        PasswordWork work => work.Request,
        var other => throw new InvalidOperationException($"{other} has no request number."),
    };
}
