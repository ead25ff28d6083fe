using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Requests are begun and answered in the order they came; only sends follow each other unanswered.</summary>
public sealed class RequestTurnsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Answers_in_any_order_leave_in_the_order_asked(int seed)
    {
        var random = new Random(seed);
        var turns = new RequestTurns();
        var asked = Enumerable.Range(0, 60).Select(_ => Any(random)).ToList();
        var (unasked, inFlight, answered) = (new Queue<ClientRequest>(asked), new Dictionary<long, Request>(),
            new List<ClientRequest>());

        while (answered.Count < asked.Count)
        {
            if (random.Next(2) == 0 && unasked.TryDequeue(out var next)) { turns.Enqueue(next); }
            while (turns.TryTakeNext(sendsMayFollow: true, out var input))
            {
                var begun = (ClientRequest)input;
                Assert.True(inFlight.Count == 0
                    || (begun.Request is SendMessage && inFlight.Values.All(other => other is SendMessage)));
                inFlight.Add(turns.Begin(begun), begun.Request);
            }
            foreach (var number in inFlight.Keys.Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next()).ToList())
            {
                turns.Complete(number, new Pong());
                inFlight.Remove(number);
            }
            while (turns.TryTakeAnswered(out var request, out _)) { answered.Add(request); }
        }

        Assert.Equal(asked, answered);
        Assert.False(turns.HasInFlight || turns.HasWaiting);
    }

    [Fact]
    public void A_guests_sends_do_not_follow_each_other()
    {
        var turns = new RequestTurns();
        turns.Enqueue(Send());
        turns.Enqueue(Send());

        Assert.True(turns.TryTakeNext(sendsMayFollow: false, out var first));
        turns.Begin((ClientRequest)first);

        Assert.False(turns.TryTakeNext(sendsMayFollow: false, out _));
    }

    [Fact]
    public void An_answer_to_what_is_not_in_flight_is_ignored()
    {
        var turns = new RequestTurns();
        var number = turns.Begin(Send());
        turns.Complete(number, new MessageStored());
        Assert.True(turns.TryTakeAnswered(out _, out _));
        turns.Begin(Send());

        turns.Complete(number, new MessageStored());
        turns.Complete(number + 2, new MessageStored());

        Assert.False(turns.TryTakeAnswered(out _, out _));
    }

    private static ClientRequest Send() => new(new SendMessage("ada", "bob", "hi"), 1);

    private static ClientRequest Any(Random random) => random.Next(4) == 0 ? new(new Ping(), 1) : Send();
}
