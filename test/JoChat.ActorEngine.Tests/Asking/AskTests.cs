namespace JoChat.ActorEngine.Tests;

public sealed class AskTests : ActorSpec
{
    private readonly IActorRef _echo;

    public AskTests() => _echo = Act(self => self.OnAny(message => self.From.Tell(message)));

    [Fact]
    public async Task Answer_is_what_the_asked_told_its_sender() => Assert.Equal(7, await _echo.Ask<int>(7));

    [Fact]
    public async Task Silence_ends_in_a_time_out()
    {
        var mute = Act(self => self.OnAny(_ => { }));

        await Assert.ThrowsAsync<AskTimeoutException>(() => mute.Ask<int>(1, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task Cancelled_token_ends_the_wait()
    {
        var mute = Act(self => self.OnAny(_ => { }));
        using var source = new CancellationTokenSource();
        var asking = mute.Ask<int>(1, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => asking);
    }

    [Fact]
    public async Task Answer_of_another_type_is_an_error_and_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        await Assert.ThrowsAsync<ArgumentException>(() => _echo.Ask<int>("x"));

        Assert.Equal("x", (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Failure_is_thrown_by_a_typed_ask_and_returned_by_an_untyped_one()
    {
        var failure = new Status.Failure(new InvalidOperationException("boom"));

        Assert.Same(failure.Cause, await Assert.ThrowsAsync<InvalidOperationException>(() => _echo.Ask<int>(failure)));
        Assert.Same(failure, await _echo.Ask(failure));
        Assert.Same(failure, await _echo.Ask<object>(failure));
    }

    [Fact]
    public async Task Second_answer_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var twice = Act(self => self.On<int>(number =>
        {
            self.From.Tell(number);
            self.From.Tell(number + 1);
        }));

        Assert.Equal(1, await twice.Ask<int>(1));

        Assert.Equal(2, (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Answer_goes_on_beside_the_actor_that_gave_it()
    {
        using var handled = new ManualResetEventSlim();
        var answering = Act(self => self.On<int>(number =>
        {
            self.From.Tell(number);
            handled.Set();
        }));

        // On the thread of the actor this would wait for itself.
        var wasHandled = await answering.Ask<int>(1).ContinueWith(
            _ => handled.Wait(TimeSpan.FromSeconds(30)), TaskContinuationOptions.ExecuteSynchronously);

        Assert.True(wasHandled);
    }

    [Fact]
    public async Task Question_can_name_whom_to_answer()
    {
        var relay = Act(self => self.On<IActorRef>(asker => asker.Tell("hello")));

        Assert.Equal("hello", await relay.Ask<string>(asker => asker, null, CancellationToken.None));
    }

    [Fact]
    public async Task Result_of_a_task_is_told()
    {
        await Task.FromResult(5).PipeTo(TestActor);

        await ExpectMsgAsync(5);
        Assert.Equal(Sys.DeadLetters, LastSender);
    }

    [Fact]
    public async Task Failure_of_a_task_is_told_with_the_exception_it_had()
    {
        var cause = new InvalidOperationException("boom");

        await Task.FromException<int>(cause).PipeTo(TestActor);

        Assert.Same(cause, (await ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task Cancelled_task_is_told_as_a_failure()
    {
        await Task.FromCanceled(new CancellationToken(canceled: true)).PipeTo(TestActor);

        Assert.IsType<TaskCanceledException>((await ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task Task_without_result_tells_only_what_it_is_asked_to()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await new ValueTask<int>(3).PipeTo(TestActor, success: number => number + 1);

        await ExpectMsgAsync("done");
        await ExpectMsgAsync(4);
    }

    [Fact]
    public async Task Graceful_stop_is_true_when_the_actor_is_gone_and_false_when_time_is_up()
    {
        using var gate = new ManualResetEventSlim();
        var stuck = Act(self => self.OnAny(_ => gate.Wait()));
        stuck.Tell("block");

        Assert.True(await _echo.GracefulStop(TimeSpan.FromSeconds(30)));
        Assert.False(await stuck.GracefulStop(TimeSpan.FromMilliseconds(20)));
        gate.Set();
    }

    [Fact]
    public async Task Death_can_be_awaited_until_the_wait_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var waiting = _echo.WatchAsync(source.Token);
        await source.CancelAsync();
        Assert.False(await waiting);

        var death = _echo.WatchAsync();
        Sys.Stop(_echo);

        Assert.True(await death);
    }
}
