namespace JoChat.ActorEngine.Tests;

public sealed class EventStreamTests : ActorSpec
{
    [Fact]
    public async Task Events_go_to_subscribers_of_their_type_a_base_or_an_interface_and_to_no_other()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe<ArgumentException>(TestActor);
        Sys.EventStream.Subscribe<IComparable>(probe);

        Sys.EventStream.Publish(new ArgumentNullException("x"));
        Sys.EventStream.Publish(new InvalidOperationException());
        Sys.EventStream.Publish("text");
        Sys.EventStream.Publish(new ArgumentException("y"));

        await ExpectMsgAsync<ArgumentNullException>();
        Assert.IsType<ArgumentException>(await ReceiveOneAsync());
        await probe.ExpectMsgAsync("text");
    }

    [Fact]
    public async Task Second_subscription_of_the_same_is_refused_and_tells_once()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(string)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(string)));

        Sys.EventStream.Publish("one");
        Sys.EventStream.Publish("two");

        await ExpectMsgAsync("one");
        await ExpectMsgAsync("two");
    }

    [Fact]
    public async Task Subscription_ends_when_it_is_taken_back()
    {
        Sys.EventStream.Subscribe<string>(TestActor);
        Sys.EventStream.Subscribe<Exception>(TestActor);
        Sys.EventStream.Subscribe<Version>(TestActor);

        Assert.True(Sys.EventStream.Unsubscribe<string>(TestActor));
        Sys.EventStream.Publish("unheard");
        Sys.EventStream.Publish(new Version(1, 0));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Version(2, 0));
        TestActor.Tell("fence");

        await ExpectMsgAsync(new Version(1, 0));
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Subscription_ends_with_the_subscriber()
    {
        var subscriber = Act(self => self.OnAny(_ => { }));
        Sys.EventStream.Subscribe<string>(subscriber);

        Assert.True(await subscriber.GracefulStop(TimeSpan.FromSeconds(30)));

        // Refused as long as the old subscription is there.
        await AwaitAssertAsync(() => Assert.True(Sys.EventStream.Subscribe<string>(subscriber)));
    }

    [Fact]
    public async Task What_the_dead_letters_are_told_is_published()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);

        Sys.DeadLetters.Tell("x");

        var letter = await ExpectMsgAsync<DeadLetter>();
        Assert.Equal(("x", TestActor, Sys.DeadLetters), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public async Task Message_whose_loss_is_expected_is_a_suppressed_dead_letter_only()
    {
        Sys.EventStream.Subscribe<AllDeadLetters>(TestActor);

        Sys.DeadLetters.Tell(new Expected());
        Sys.DeadLetters.Tell("fence");

        await ExpectMsgAsync<SuppressedDeadLetter>();
        await ExpectMsgAsync<DeadLetter>();
    }

    [Fact]
    public async Task Failure_of_an_actor_is_logged_as_an_error_with_its_cause()
    {
        Sys.EventStream.Subscribe<Error>(TestActor);
        var actor = Act(self => self.OnAny(_ => throw new InvalidOperationException("boom")));

        actor.Tell("x");

        var error = await ExpectMsgAsync<Error>();
        Assert.Equal(("boom", actor.Path.ToString()), (error.Cause.Message, error.LogSource));
    }

    private sealed class Expected : IDeadLetterSuppression;

    [Fact]
    public async Task Actors_log_onto_the_event_stream_what_their_level_lets_through()
    {
        Sys.EventStream.Subscribe<LogEvent>(TestActor);
        var cause = new InvalidOperationException("boom");
        var actor = Act(self => self.On<string>(_ =>
        {
            var log = self.Ctx.GetLogger();
            log.Debug("unseen");
            log.Info("{0} of {1}", 1, 2);
            log.Warning(cause, "plain");
        }));

        actor.Tell("log");

        Assert.Equal("1 of 2", (await ExpectMsgAsync<Info>()).Message.ToString());
        var warning = await ExpectMsgAsync<Warning>();
        Assert.Equal(("plain", (Exception)cause), (warning.Message.ToString(), warning.Cause));
    }

    [Fact]
    public async Task Logger_can_be_given_a_formatter_of_its_own()
    {
        Sys.EventStream.Subscribe<Warning>(TestActor);
        var actor = Act(self => self.On<string>(text =>
            self.Ctx.GetLogger(new Bracketing()).Warning("{0} of {1}", text, 2)));

        actor.Tell("1");

        Assert.Equal("{0} of {1} [1, 2]", (await ExpectMsgAsync<Warning>()).Message.ToString());
    }

    private sealed class Bracketing : ILogMessageFormatter
    {
        public string Format(string format, params object[] args) => Format(format, args.AsEnumerable());

        public string Format(string format, IEnumerable<object> args) => $"{format} [{string.Join(", ", args)}]";
    }
}
