using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>A writer dies and another takes its place: clients keep their connections, and their sessions bind again.</summary>
public sealed class RebindTests
{
    private const int Seeds = 10;
    private const Features Acks = Features.Push | Features.Ack;

    private static readonly TimeSpan Silence = LinkedSimulation.Options.MaxSilence + LinkChannel.TickInterval;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idle_clients_stay_connected_over_a_change_of_writers_and_get_live_messages_once(bool silently) =>
        LinkedSimulation.Try(Seeds, (_, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Acks));
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("before")));
            Assert.Equal(["before"], bob.TakeTexts());

            chat.ReplaceWriter(silently);
            Assert.Empty(bob.TakeEvents());
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("after")));

            Assert.False(ada.Closed.IsCompleted || bob.Closed.IsCompleted);
            Assert.Equal(["after"], bob.TakeTexts());
        });

    [Fact]
    public void What_is_sent_while_no_writer_is_there_arrives_when_there_is_one() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Features.Push));
            chat.KillWriter();
            ada.Submit(LinkedSimulation.ToBob("1"));
            ada.Submit(LinkedSimulation.ToBob("2"));
            simulation.Advance(TimeSpan.FromSeconds(10));
            Assert.Empty(ada.TakeAnswers());

            chat.StartWriter();
            chat.Relink();

            Assert.Collection(ada.TakeAnswers(), one => Assert.IsType<MessageStored>(one), one => Assert.IsType<MessageStored>(one));
            Assert.Equal(["1", "2"], bob.TakeTexts());
        });

    [Fact]
    public void What_is_stored_while_a_recipient_is_detached_is_pushed_to_it_once() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Acks));
            chat.KillWriter();
            chat.StartWriter();
            chat.Other.Carrier.Tell(new Carrier.Cut());
            chat.Relink();
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("1")));
            Assert.Empty(bob.TakeEvents());

            chat.Other.Carrier.Tell(new Carrier.Mend());
            chat.Relink();
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("2")));

            Assert.Equal(["1", "2"], bob.TakeTexts());
        });

    [Theory]
    [InlineData(Acks)]
    [InlineData(Features.Push)]
    public void What_was_confirmed_before_the_loss_or_since_is_not_delivered_again(Features features) =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", features));
            foreach (var text in (string[])["1", "2", "3"]) { chat.Ask(ada, LinkedSimulation.ToBob(text)); }
            long[] ids = [.. bob.TakeEvents().OfType<MessageArrived>().Select(message => message.Id)];
            bob.Submit(new Acknowledge([.. ids[..2]]));
            chat.KillWriter(); // before it has written the watermark
            bob.Submit(new Acknowledge([ids[2]]));
            chat.StartWriter();
            chat.Relink();

            bob.Session.Tell(InputEnded.Instance, ActorRefs.NoSender);
            simulation.Run();

            var again = chat.Other.Connect();
            Assert.Equal(0, Assert.IsType<LoggedIn>(chat.Ask(again, LinkedSimulation.LogIn("bob"))).UnreadCount);
        });

    [Fact]
    public void What_a_side_session_has_delivered_meanwhile_is_pushed_to_the_own_session_still() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("away")));
            var before = chat.LogIn(chat.Other, "bob");
            Assert.Single(Assert.IsType<AwayFetched>(chat.Ask(before, new FetchAway(10))).Messages);
            Assert.IsType<LoggedOut>(chat.Ask(before, new LogOut()));
            var bob = chat.LogIn(chat.Other, "bob", Acks);
            var side = chat.LogIn(chat.One, "bob", Features.Side | Features.Push);
            chat.KillWriter();
            chat.StartWriter();
            chat.Other.Carrier.Tell(new Carrier.Cut());
            chat.Relink();
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("beside")));
            var through = side.TakeEvents().OfType<InboxGrew>().Last().Through;
            Assert.IsType<MarkedDelivered>(chat.Ask(side, new MarkDelivered(through)));

            chat.Other.Carrier.Tell(new Carrier.Mend());
            chat.Relink();

            Assert.Equal(["beside"], bob.TakeTexts());
        });

    [Fact]
    public void A_send_in_flight_is_not_answered_and_its_retry_is_stored_once() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Acks));
            var send = new SendMessage("Ada", "bob", "once", "c1");
            chat.One.Carrier.Tell(new Carrier.HoldReplies());
            ada.Submit(send);
            simulation.Run(); // it is stored
            chat.KillWriter();
            chat.One.Carrier.Tell(new Carrier.Cut());
            simulation.Advance(Silence);
            chat.One.Carrier.Tell(new Carrier.LetReplies(_ => { })); // too late

            Assert.True(ada.Closed.IsCompleted);
            chat.StartWriter();
            chat.Relink();
            Assert.IsType<MessageStored>(chat.Ask(chat.LogIn(chat.One, "ada"), send));
            Assert.Equal(["once"], bob.TakeTexts());
        });

    [Fact]
    public void A_read_in_flight_is_refused_and_the_connection_stays() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            chat.Writer.Gate.Tell(new Gate.Shut());
            ada.Submit(new CountUnread());
            simulation.Run();

            chat.ReplaceWriter();

            Assert.Equal(ErrorCode.StorageUnavailable, Assert.IsType<Refused>(Assert.Single(ada.TakeAnswers())).Code);
            Assert.IsType<UnreadCounted>(chat.Ask(ada, new CountUnread()));
        });

    [Fact]
    public void Side_sessions_are_told_how_far_the_inbox_has_grown() => LinkedSimulation.Try(Seeds, (_, chat) =>
    {
        var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Acks));
        var none = chat.LogIn(chat.One, "ada", Features.Side | Features.Push);
        var side = chat.LogIn(chat.One, "bob", Features.Side | Features.Push);
        chat.Ask(ada, LinkedSimulation.ToBob("hi"));
        var told = Assert.Single(side.TakeEvents());

        chat.ReplaceWriter();

        Assert.Equal(told, Assert.Single(side.TakeEvents()));
        Assert.Empty(none.TakeEvents());
        Assert.False(bob.Closed.IsCompleted);
    });

    [Fact]
    public void Presence_is_watched_again_and_nobody_is_shown_as_gone_who_comes_back() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada", Features.Presence);
            var bob = chat.LogIn(chat.Other, "bob");
            var there = Assert.IsType<PresenceOf>(chat.Ask(ada, new AskPresence(["bob", "nobody"])));
            Assert.Equal("Bob", Assert.Single(there.Online));

            chat.KillWriter();
            chat.StartWriter();
            chat.Other.Carrier.Tell(new Carrier.Cut()); // Bob's gateway is later
            chat.Relink();
            chat.Other.Carrier.Tell(new Carrier.Mend());
            chat.Relink();
            simulation.Advance(TimeSpan.FromSeconds(4));

            Assert.Equal([new PresenceChanged("Bob", IsOnline: true)], ada.TakeEvents());
            bob.Session.Tell(InputEnded.Instance, ActorRefs.NoSender);
            simulation.Run();
            Assert.Equal([new PresenceChanged("Bob", IsOnline: false)], ada.TakeEvents());
        });

    [Fact]
    public void Who_has_gone_with_the_writer_is_told_when_the_others_are_back() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada", Features.Presence);
            var bob = chat.LogIn(chat.Other, "bob");
            chat.Ask(ada, new AskPresence(["bob"]));
            chat.KillWriter();
            bob.Session.Tell(InputEnded.Instance, ActorRefs.NoSender);
            chat.StartWriter();
            chat.Relink();

            simulation.Advance(TimeSpan.FromSeconds(6));

            Assert.Equal([new PresenceChanged("Bob", IsOnline: false)], ada.TakeEvents());
        });

    [Fact]
    public void Requests_are_refused_after_a_while_and_the_connection_stays() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            chat.KillWriter();
            Assert.IsType<Pong>(chat.Ask(ada, new Ping()));
            ada.Submit(LinkedSimulation.ToBob("1"));
            ada.Submit(new Ping());
            simulation.Advance(TimeSpan.FromSeconds(14.9));
            Assert.Empty(ada.TakeAnswers());
            simulation.Advance(TimeSpan.FromSeconds(0.2));

            Assert.Collection(
                ada.TakeAnswers(),
                one => Assert.Equal(ErrorCode.StorageUnavailable, Assert.IsType<Refused>(one).Code),
                one => Assert.IsType<Pong>(one));
            Assert.IsType<Refused>(chat.Ask(ada, new CountUnread()));
            chat.StartWriter();
            chat.Relink();
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("2")));
            var history = Assert.IsType<History>(chat.Ask(ada, new ReadHistory("bob", null)));
            Assert.Equal("2", Assert.Single(history.Messages).Content);
        });

    [Fact]
    public void A_client_that_leaves_while_there_is_no_writer_is_gone() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var ada = chat.LogIn(chat.One, "ada");
        chat.KillWriter();
        ada.Session.Tell(InputEnded.Instance, ActorRefs.NoSender);
        simulation.Run();
        Assert.True(ada.Closed.IsCompleted);

        chat.StartWriter();
        chat.Relink();

        chat.LogIn(chat.Other, "ada");
    });

    [Fact]
    public void A_client_that_leaves_while_its_session_is_to_be_bound_frees_its_account() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            chat.KillWriter();
            chat.StartWriter();
            chat.Writer.Gate.Tell(new Gate.Shut());
            chat.Relink();
            ada.Session.Tell(InputEnded.Cut, ActorRefs.NoSender);
            simulation.Run();
            Assert.True(ada.Closed.IsCompleted);

            chat.Writer.Gate.Tell(new Gate.Open(kept => Assert.Contains(kept, one => one is RebindSession)));
            simulation.Run();

            chat.LogIn(chat.Other, "ada");
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Writers_may_be_lost_again_before_the_sessions_are_bound(bool silently) =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.One, "ada"), chat.LogIn(chat.Other, "bob", Acks));
            chat.KillWriter();
            ada.Submit(LinkedSimulation.ToBob("hi"));
            for (var writer = 0; writer < 2; writer++)
            {
                chat.StartWriter();
                chat.Writer.Gate.Tell(new Gate.Shut()); // it has no time to bind them
                chat.Relink();
                chat.KillWriter(silently && writer == 0);
            }
            chat.StartWriter();
            chat.Relink();

            Assert.IsType<MessageStored>(Assert.Single(ada.TakeAnswers()));
            Assert.Equal(["hi"], bob.TakeTexts());
        });
}
