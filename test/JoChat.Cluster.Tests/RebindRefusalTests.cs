using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>Sessions that lost their writer, and whose account is another's by now, or gone: they end, and are told why.</summary>
public sealed class RebindRefusalTests
{
    private const int Seeds = 10;
    private const Features Acks = Features.Push | Features.Ack;

    private static readonly TimeSpan Silence = LinkedSimulation.Options.MaxSilence + LinkChannel.TickInterval;
    private static readonly Secret Password = new("secret");

    [Fact]
    public void Who_has_logged_in_at_the_new_writer_has_taken_over() => LinkedSimulation.Try(Seeds, (_, chat) =>
    {
        var before = chat.LogIn(chat.One, "bob", Acks);
        chat.KillWriter();
        chat.StartWriter();
        chat.One.Carrier.Tell(new Carrier.Cut());
        chat.Relink();
        var after = chat.LogIn(chat.Other, "bob", Acks);

        chat.One.Carrier.Tell(new Carrier.Mend());
        chat.Relink();

        AssertEnded(before, SessionCloseReason.TakenOver);
        Assert.IsType<MessageStored>(chat.Ask(chat.LogIn(chat.One, "ada"), LinkedSimulation.ToBob("hi")));
        Assert.Equal(["hi"], after.TakeTexts());
    });

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_sessions_whose_take_over_was_not_told_the_later_stays(bool? laterComesFirst) =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var before = chat.LogIn(chat.One, "bob", Acks);
            chat.One.Carrier.Tell(new Carrier.Cut());
            var after = chat.Other.Connect();
            Assert.IsType<LoggedIn>(chat.Ask(after, LinkedSimulation.LogIn("bob", takeover: true)));
            chat.KillWriter();
            simulation.Advance(Silence);
            chat.StartWriter();
            if (laterComesFirst is { } first)
            {
                var late = first ? chat.One : chat.Other;
                late.Carrier.Tell(new Carrier.Cut());
                chat.Relink();
                late.Carrier.Tell(new Carrier.Mend());
            }
            chat.Relink();

            AssertEnded(before, SessionCloseReason.TakenOver);
            Assert.False(after.Closed.IsCompleted);
            Assert.IsType<UnreadCounted>(chat.Ask(after, new CountUnread()));
        });

    [Fact]
    public void A_session_has_its_account_again_though_the_writer_does_not_know_yet_that_its_link_is_broken() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var (ada, bob) = (chat.LogIn(chat.Other, "ada"), chat.LogIn(chat.One, "bob", Acks));
            var side = chat.LogIn(chat.One, "bob", Features.Side | Features.Push);
            chat.One.Link.Tell(new LinkWire.Frame([1, 2, 3])); // breaks the gateway's end
            chat.One.Carrier.Tell(new Carrier.Cut());
            simulation.Run();
            chat.One.Carrier.Tell(new Carrier.Mend()); // the farewell is lost
            chat.Relink();

            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("1")));
            simulation.Advance(2 * Silence);
            Assert.IsType<MessageStored>(chat.Ask(ada, LinkedSimulation.ToBob("2")));

            Assert.False(bob.Closed.IsCompleted || side.Closed.IsCompleted);
            Assert.Equal(["1", "2"], bob.TakeTexts());
            Assert.Equal(2, side.TakeEvents().OfType<InboxGrew>().Count());
        });

    [Fact]
    public void A_session_whose_account_was_deleted_meanwhile_is_told_so() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var before = chat.LogIn(chat.One, "bob", Acks);
        chat.One.Carrier.Tell(new Carrier.Cut());
        simulation.Advance(Silence);
        Assert.IsType<AccountDeleted>(chat.Ask(chat.LogIn(chat.Other, "bob"), new DeleteAccount(Password)));
        Assert.IsType<SignedUp>(chat.Ask(chat.Other.Connect(), new SignUp("Bob", Password))); // another

        chat.One.Carrier.Tell(new Carrier.Mend());
        chat.Relink();

        AssertEnded(before, SessionCloseReason.AccountDeleted);
    });

    [Fact]
    public void A_changed_password_ends_all_sessions_but_that_which_changed_it() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var before = chat.LogIn(chat.One, "bob", Features.Side);
            chat.One.Carrier.Tell(new Carrier.Cut());
            simulation.Advance(Silence);
            var changing = chat.Other.Connect();
            chat.Ask(changing, new Hello("test", Acks));
            chat.Ask(changing, new LogIn("bob", Password, WantsToken: true));
            Assert.IsType<PasswordChanged>(chat.Ask(changing, new ChangePassword(Password, new Secret("other"))));

            chat.ReplaceWriter();

            AssertEnded(before, SessionCloseReason.Revoked);
            Assert.False(changing.Closed.IsCompleted);
            Assert.IsType<UnreadCounted>(chat.Ask(changing, new CountUnread()));
        });

    [Fact]
    public void A_session_whose_login_was_revoked_meanwhile_is_told_so() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var before = chat.One.Connect();
        chat.Ask(before, new Hello("test", Acks));
        chat.Ask(before, new LogIn("bob", Password, WantsToken: true));
        chat.One.Carrier.Tell(new Carrier.Cut());
        simulation.Advance(Silence);
        var other = chat.LogIn(chat.Other, "bob", Features.Side);
        var login = Assert.Single(Assert.IsType<LoginsListed>(chat.Ask(other, new ListLogins())).Logins);
        Assert.IsType<LoginRevoked>(chat.Ask(other, new RevokeLogin(login.Id)));

        chat.One.Carrier.Tell(new Carrier.Mend());
        chat.Relink();

        AssertEnded(before, SessionCloseReason.Revoked);
        Assert.False(other.Closed.IsCompleted);
    });

    private static void AssertEnded(Client client, SessionCloseReason reason)
    {
        Assert.True(client.Closed.IsCompleted);
        Assert.Equal(new SessionClosed(reason), client.TakeEvents()[^1]);
    }
}
