using JoChat.Link;
using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>When a link breaks, no session answers what may be wrong, and the writer frees the accounts.</summary>
public sealed class LinkBreakTests
{
    private const int Seeds = 10;

    [Fact]
    public void The_accounts_of_a_gateway_that_vanishes_are_free_after_the_silence() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            chat.LogIn(chat.One, "ada");
            var bob = chat.LogIn(chat.Other, "bob");
            var guest = chat.Other.Connect();
            chat.One.Carrier.Tell(new Carrier.Cut());

            simulation.Advance(LinkedSimulation.Options.MaxSilence - TimeSpan.FromSeconds(2));
            Assert.IsType<Refused>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
            simulation.Advance(TimeSpan.FromSeconds(2) + LinkChannel.TickInterval);

            Assert.IsType<LoggedIn>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
            Assert.IsType<UnreadCounted>(chat.Ask(bob, new CountUnread())); // the other link is whole
        });

    [Fact]
    public void The_accounts_of_a_gateway_that_stops_are_free_at_once() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            chat.LogIn(chat.One, "ada");

            simulation.Sys.Stop(chat.One.Link);
            simulation.Run();

            chat.LogIn(chat.Other, "ada");
        });

    [Fact]
    public void A_session_that_fails_frees_its_account() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var ada = chat.LogIn(chat.One, "ada");

        simulation.Sys.Stop(ada.Session);
        simulation.Run();

        chat.LogIn(chat.Other, "ada");
    });

    [Fact]
    public void What_was_in_flight_is_not_answered_and_its_retry_is_stored_once() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            var send = new SendMessage("Ada", "bob", "once", "c1");
            chat.One.Carrier.Tell(new Carrier.HoldReplies());
            ada.Submit(send);
            simulation.Run();
            chat.One.Carrier.Tell(new Carrier.Cut()); // the message is stored, and its answer is lost
            simulation.Advance(LinkedSimulation.Options.MaxSilence + LinkChannel.TickInterval);

            Assert.True(ada.Closed.IsCompleted);
            Assert.Empty(ada.TakeAnswers());
            var again = chat.LogIn(chat.Other, "ada");
            Assert.IsType<MessageStored>(chat.Ask(again, send));
            var history = Assert.IsType<History>(chat.Ask(again, new ReadHistory("bob", null)));
            Assert.Equal("once", Assert.Single(history.Messages).Content);
        });

    [Fact]
    public void A_lost_frame_breaks_the_link_and_who_is_logged_in_is_bound_again() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, guest) = (chat.LogIn(chat.One, "ada"), chat.One.Connect());
            Assert.IsType<Refused>(chat.Ask(guest, new LogIn("nobody", new Secret("secret"))));
            chat.Writer.Gate.Tell(new Gate.Shut());
            chat.One.Carrier.Tell(new Carrier.Lose(1));
            simulation.Advance(TimeSpan.FromSeconds(3)); // the next frame is not heard, and the one after it too soon

            chat.Writer.Gate.Tell(new Gate.Open(kept => Assert.Contains(kept, one => one is RebindSession)));
            Assert.IsType<UnreadCounted>(chat.Ask(ada, new CountUnread()));
            Assert.False(ada.Closed.IsCompleted || guest.Closed.IsCompleted);
        });

    [Fact]
    public void A_writer_that_was_replaced_is_not_believed() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var guest = chat.One.Connect();
        chat.One.Carrier.Tell(new Carrier.Cut());
        simulation.Advance(LinkedSimulation.Options.MaxSilence + LinkChannel.TickInterval);

        chat.One.Link.Tell(new LinkWire.Welcome(new LinkName(100, WriterSide.Epoch - 1), []), ActorRefs.NoSender);
        simulation.Run();

        Assert.IsType<Refused>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
    });

    [Fact]
    public void A_writer_of_a_lower_epoch_is_believed_if_no_other_is_found() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var guest = chat.One.Connect();
        chat.KillWriter();
        chat.StartWriter(epoch: WriterSide.Epoch - 1); // its database was put back to what it was before
        simulation.Advance(TimeSpan.FromSeconds(14));
        Assert.IsType<Refused>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));

        simulation.Advance(TimeSpan.FromSeconds(4));

        Assert.IsType<LoggedIn>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
    });

    [Fact]
    public void A_writer_is_found_within_a_quarter_of_a_second() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var guest = chat.One.Connect();
        chat.KillWriter();
        simulation.Advance(TimeSpan.FromSeconds(1.6));
        chat.StartWriter();

        simulation.Advance(LinkChannel.TickInterval);

        Assert.IsType<LoggedIn>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
    });

    [Fact]
    public void Of_greetings_that_are_answered_late_one_link_is_left() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var guest = chat.One.Connect();
        chat.KillWriter();
        chat.One.Carrier.Tell(new Carrier.HoldReplies());
        chat.StartWriter();
        simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.True(CountLinks() > 2);

        chat.One.Carrier.Tell(new Carrier.LetReplies(_ => { }));
        simulation.Run();

        Assert.Equal(2, CountLinks()); // one of each gateway
        Assert.IsType<LoggedIn>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));

        int CountLinks() => ((ActorRefWithCell)chat.Writer.Links).Children.Count();
    });

    [Fact]
    public void Guests_are_refused_until_another_link_stands() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var guest = chat.One.Connect();
        chat.One.Carrier.Tell(new Carrier.Cut());
        simulation.Advance(LinkedSimulation.Options.MaxSilence + LinkChannel.TickInterval);

        var refused = Assert.IsType<Refused>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
        chat.One.Carrier.Tell(new Carrier.Mend());
        simulation.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ErrorCode.StorageUnavailable, refused.Code);
        Assert.IsType<LoggedIn>(chat.Ask(guest, LinkedSimulation.LogIn("ada")));
    });
}
