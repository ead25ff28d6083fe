using System.Collections.Immutable;
using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Many requests at once: in order whatever they are, and no dearer for being many.</summary>
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

        foreach (var request in requests) { Session.Tell(request); }
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
        foreach (var request in requests) { Session.Tell(request); }
        await FenceAsync();

        Connection.HasRoom = true;
        Session.Tell(new OutputWritten(null));
        await DoAsync(requests, random);

        foreach (var request in requests)
        {
            Assert.Equal(request.Id, (await Client.ExpectMsgAsync<Response>()).Id);
        }
    }

    [Fact]
    public async Task A_request_is_looked_at_as_often_however_many_wait_behind_it()
    {
        const int Requests = 2_000;
        const int MostLooksEach = 6;
        await LogInAsync();
        var before = Connection.TimesAsked;

        for (var i = 0; i < Requests; i++) { Session.Tell(new CountUnread()); }
        for (var i = 0; i < Requests; i++)
        {
            await Persistence.ExpectMsgAsync<CountAway>();
            Persistence.Reply(new UnreadCounted(i));
        }

        for (var i = 0; i < Requests; i++) { await Client.ExpectMsgAsync(new UnreadCounted(i)); }
        Assert.InRange(Connection.TimesAsked - before, Requests, MostLooksEach * Requests);
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
        var unanswered = new Queue<object>();
        foreach (var request in requests)
        {
            var isSend = request is SendMessage { Content: not null };
            var answersFirst = !isSend || random.Next(3) == 0;
            while (answersFirst && unanswered.TryDequeue(out var stored)) { Persistence.Send(Session, stored); }
            switch (request)
            {
                case SendMessage { Content: { } content }:
                    await Persistence.ExpectMsgAsync(StoreFor("BOB", content));
                    unanswered.Enqueue(new MessageStored());
                    break;
                case CountUnread:
                    await Persistence.ExpectMsgAsync<CountAway>();
                    Persistence.Reply(new UnreadCounted(0));
                    break;
                case ListAccounts:
                    await Browsing.ExpectMsgAsync<FindAccounts>();
                    Browsing.Reply(new AccountsListed(ImmutableArray<ListedAccount>.Empty));
                    break;
            }
        }
        foreach (var stored in unanswered) { Persistence.Send(Session, stored); }
    }
}
