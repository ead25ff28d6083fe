using System.Collections.Immutable;
using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Many requests at once: answered in the order asked, whatever they are and whenever their answers come.
/// </summary>
public sealed class SessionPipelineTests : SessionTestKit
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_pipeline_is_done_and_answered_in_the_order_asked(int seed)
    {
        await LogInAsync();
        var random = new Random(seed);
        var requests = Enumerable.Range(0, 80).Select(number => AnyRequest(random, number)).ToList();

        foreach (var request in requests) { Session.Submit(request); }
        await DoAsync(requests, random);

        foreach (var request in requests)
        {
            Assert.Equal(request.Id, (await Client.ExpectMsgAsync<Response>()).Id);
        }
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task A_pipeline_without_room_is_done_in_order_when_there_is_room_again()
    {
        await LogInAsync();
        Connection.HasRoom = false;
        var random = new Random(1);
        var requests = Enumerable.Range(0, 80).Select(number => AnyRequest(random, number)).ToList();
        foreach (var request in requests) { Session.Submit(request); }
        await FenceAsync();

        Connection.HasRoom = true;
        Session.Tell(new OutputWritten(null));
        await DoAsync(requests, random);

        foreach (var request in requests)
        {
            Assert.Equal(request.Id, (await Client.ExpectMsgAsync<Response>()).Id);
        }
    }

    private static Request AnyRequest(Random random, int number)
    {
        var id = new RequestId(number.ToString(CultureInfo.InvariantCulture));
        return random.Next(8) switch
        {
            0 => new Ping { Id = id },
            1 => new CountUnread { Id = id },
            2 => new ListAccounts("*", 0, 10) { Id = id },
            3 => new SendMessage("Ada", "bob", null) { Id = id }, // is refused
            4 => new UnreadableRequest(Operation.Unknown, ErrorCode.UnknownOperation, "what?") { Id = id },
            _ => SendTo("bob", id.Json) with { Id = id },
        };
    }

    // In the place of the actors behind: what they are asked must come in order, and sends need not be answered before
    // the next one comes.
    private async Task DoAsync(List<Request> requests, Random random)
    {
        var unanswered = new List<Answered>();
        foreach (var request in requests)
        {
            var isSend = request is SendMessage { Content: not null };
            var answersFirst = !isSend || random.Next(3) == 0;
            if (answersFirst) { AnswerAll(); }
            switch (request)
            {
                case SendMessage { Content: { } content }:
                    var store = await Persistence.ExpectMsgAsync<StoreMessage>();
                    Assert.Equal(content, store.Content);
                    unanswered.Add(new Answered(store.Request, new MessageStored()));
                    break;
                case CountUnread:
                    await Persistence.ExpectMsgAsync<CountUndelivered>();
                    Persistence.Reply(new UnreadCounted(0));
                    break;
                case ListAccounts:
                    await Reader.ExpectMsgAsync<FindAccounts>();
                    Reader.Reply(new AccountsListed(ImmutableArray<ListedAccount>.Empty));
                    break;
            }
        }
        AnswerAll();

        void AnswerAll() // in any order
        {
            foreach (var answer in unanswered.OrderBy(_ => random.Next())) { Persistence.Send(Session, answer); }
            unanswered.Clear();
        }
    }
}
