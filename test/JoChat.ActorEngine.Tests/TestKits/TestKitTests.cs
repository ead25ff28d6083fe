namespace JoChat.ActorEngine.Tests;

public sealed class TestKitTests : ActorSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Test_actor_is_the_sender_of_what_a_test_tells_also_after_an_await()
    {
        var echo = Act(self => self.OnAny(message => self.From.Tell(message)));

        echo.Tell(1);
        await ExpectMsgAsync(1);
        await Task.Yield();
        echo.Tell(2);

        await ExpectMsgFromAsync(echo, 2);
    }

    [Fact]
    public async Task Every_form_of_expect_takes_what_it_is_told_to()
    {
        for (var i = 0; i < 6; i++) { TestActor.Tell(i); }

        await ExpectMsgAsync<int>();
        await ExpectMsgAsync<int>(number => number == 1);
        await ExpectMsgAsync<int>(number => Assert.Equal(2, number));
        await ExpectMsgAsync<int>((number, sender) => number == 3 && sender.Equals(TestActor));
        await ExpectMsgAsync<int>((number, sender) => Assert.Equal((4, TestActor), (number, sender)));
        await ExpectMsgAnyOfAsync([4, 5, 6]);
        Assert.Equal((5, TestActor, false), (LastMessage, LastSender, HasMessages));
    }

    [Fact]
    public void All_of_several_may_come_in_any_order_but_must_all_come()
    {
        for (var i = 1; i <= 3; i++) { TestActor.Tell(i); }
        Assert.Equal([1, 2, 3], ExpectMsgAllOf(3, 1, 2));
        for (var i = 1; i <= 3; i++) { TestActor.Tell(i); }

        Assert.ThrowsAny<Exception>(() => ExpectMsgAllOf(1, 2, 4));
    }

    [Fact]
    public async Task All_of_several_can_be_awaited()
    {
        for (var i = 1; i <= 2; i++) { TestActor.Tell(i); }

        var sum = 0;
        await foreach (var number in ExpectMsgAllOfAsync<int>([2, 1])) { sum += number; }

        Assert.Equal(3, sum);
    }

    [Fact]
    public async Task Condition_is_asked_for_until_it_is_true()
    {
        var tries = 0;
        AwaitCondition(() => ++tries == 3, null, TimeSpan.FromMilliseconds(1));
        AwaitCondition(() => ++tries == 4, TimeSpan.FromSeconds(30));
        AwaitCondition(() => ++tries == 5);
        await AwaitConditionAsync(() => Task.FromResult(++tries == 8), null, TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(() => Task.FromResult(++tries == 9), TimeSpan.FromSeconds(30));
        await AwaitConditionAsync(() => Task.FromResult(++tries == 10));

        Assert.Equal(10, tries);
        Assert.ThrowsAny<Exception>(() => AwaitCondition(() => false, Soon));
        await Assert.ThrowsAnyAsync<Exception>(() => AwaitConditionAsync(() => Task.FromResult(false), Soon));
    }

    [Fact]
    public async Task Fishing_drops_messages_until_one_fits()
    {
        for (var i = 1; i <= 4; i++) { TestActor.Tell(i); }
        TestActor.Tell("x");

        Assert.Equal(2, FishForMessage<int>(number => number == 2));
        Assert.Equal("x", await FishForMessageAsync(message => message is string));
        Assert.ThrowsAny<Exception>(() => FishForMessage(_ => true, Soon));
    }

    [Fact]
    public async Task Block_bounds_the_waits_in_it()
    {
        Within(TimeSpan.FromSeconds(30), () => Assert.True(Remaining <= TimeSpan.FromSeconds(30)));
        Assert.Throws<InvalidOperationException>(() => Remaining);

        await Assert.ThrowsAnyAsync<Exception>(() => WithinAsync(Soon, async () => await ExpectMsgAsync<int>()));
        Assert.ThrowsAny<Exception>(() => Within(TimeSpan.FromHours(1), TimeSpan.FromHours(2), () => { }));
    }

    [Fact]
    public async Task Result_of_a_block_is_passed_on()
    {
        Assert.Equal(7, Within(TimeSpan.FromSeconds(30), () => 7));
        Assert.Equal(7, await WithinAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(7)));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("akka.test.single-expect-default = 7s", 7)]
    public void Wait_is_three_seconds_unless_it_is_configured(string config, int seconds)
    {
        using var kit = new ActorTestKit(config);

        Assert.Equal(TimeSpan.FromSeconds(seconds), kit.RemainingOrDefault);
    }

    [Fact]
    public void Disposing_the_kit_terminates_its_system()
    {
        var kit = new ActorTestKit("");

        kit.Dispose();

        Assert.True(kit.Sys.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal("test", kit.Sys.Name);
    }

    [Fact]
    public async Task Assertion_is_repeated_until_it_holds_and_then_fails_with_its_last_exception()
    {
        var tries = 0;
        AwaitAssert(() => Assert.Equal(3, ++tries), interval: TimeSpan.FromMilliseconds(1));
        await AwaitAssertAsync(() => Assert.Equal(6, ++tries), interval: TimeSpan.FromMilliseconds(1));

        Assert.Equal(6, tries);
        Assert.Throws<FormatException>(() => AwaitAssert(() => throw new FormatException(), Soon));
    }

    [Fact]
    public void What_a_probe_is_told_is_queued_when_Tell_returns()
    {
        var probe = CreateTestProbe("named");

        probe.Ref.Tell("x");

        Assert.True(probe.HasMessages);
        Assert.Equal("named", probe.Ref.Path.Name);
    }

    [Fact]
    public async Task Probe_sends_replies_and_forwards_in_its_own_name()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "hello");
        await ExpectMsgFromAsync(probe, "hello");
        probe.Ref.Tell("question");
        await probe.ExpectMsgAsync("question");

        probe.Reply("answer");
        probe.Forward(TestActor);

        await ExpectMsgFromAsync(probe.Ref, "answer");
        await ExpectMsgFromAsync(TestActor, "question");
        Assert.Equal(TestActor, probe.Sender);
    }

    [Fact]
    public async Task Probe_stands_wherever_a_reference_is_wanted()
    {
        var probe = CreateTestProbe();
        var watcher = Act(self =>
        {
            self.OnStart = () => self.Ctx.Watch(probe);
            self.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef.Equals(probe)));
        });
        await WatchAsync(watcher);

        Sys.Stop(probe);

        await ExpectMsgAsync(true);
    }

    [Fact]
    public void Watch_is_in_place_when_it_returns_and_can_be_ended()
    {
        var first = Act(_ => { });
        var second = Act(_ => { });
        Watch(first);
        Watch(second);
        Unwatch(first);

        Sys.Stop(first);
        Sys.Stop(second);

        ExpectTerminated(second);
    }

    [Fact]
    public void Ignored_messages_are_not_queued()
    {
        IgnoreMessages(message => message is int);
        TestActor.Tell(1);
        TestActor.Tell("x");
        IgnoreNoMessages();
        TestActor.Tell(2);

        ExpectMsg("x");
        ExpectMsg(2);
    }

    [Fact]
    public async Task Auto_pilot_answers_until_it_gives_way()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}");
            return message is 2 ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));

        for (var i = 1; i <= 3; i++) { probe.Ref.Tell(i, TestActor); }

        await ExpectMsgAsync("auto 1");
        await ExpectMsgAsync("auto 2");
        Assert.Equal(3, probe.ReceiveN(3).Count);
        Assert.False(HasMessages);
    }

    [Fact]
    public void Expect_takes_one_message_and_does_not_search()
    {
        TestActor.Tell("first");
        TestActor.Tell(2);

        Assert.ThrowsAny<Exception>(() => ExpectMsg<int>());

        ExpectMsg(2);
    }

    [Fact]
    public void Expect_fails_on_a_wrong_value_a_wrong_sender_and_on_silence()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<Exception>(() => ExpectMsg(2));
        TestActor.Tell(1);
        Assert.ThrowsAny<Exception>(() => ExpectMsgFrom(Sys.DeadLetters, 1));
        TestActor.Tell(1);
        Assert.ThrowsAny<Exception>(() => ExpectMsg<int>(number => number == 2));
        TestActor.Tell(1);
        Assert.ThrowsAny<Exception>(() => ExpectMsg<int>(number => Assert.Equal(2, number)));
        Assert.ThrowsAny<Exception>(() => ExpectMsg<int>(Soon));
    }

    [Fact]
    public void No_message_is_expected_only_where_none_comes()
    {
        ExpectNoMsg(Soon);
        TestActor.Tell("x");

        Assert.ThrowsAny<Exception>(() => ExpectNoMsg(20));
    }

    [Fact]
    public async Task Several_messages_can_be_taken_at_once()
    {
        for (var i = 1; i <= 5; i++) { TestActor.Tell(i); }

        Assert.Equal([1, 2], ReceiveN(2).Cast<int>());
        Assert.Equal([3, 4], ReceiveWhile<int>(_ => true, msgs: 2));
        Assert.Equal(5, await ReceiveOneAsync());
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.ThrowsAny<Exception>(() => ReceiveN(1, Soon));
    }
}
