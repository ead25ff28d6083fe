namespace JoChat.ActorEngine.Tests;

public sealed class ReceiveTimeoutTests : TimedSpec
{
    [Fact]
    public async Task Idle_actor_is_told_so_again_and_again_until_it_wants_no_more()
    {
        var actor = Idler(self => self.On<int>(_ => self.Ctx.SetReceiveTimeout(null)));
        await NotedBy(actor);

        Pass(10);
        Assert.Equal(["idle"], await NotedBy(actor));
        Pass(10);
        Assert.Equal(["idle"], await NotedBy(actor));
        actor.Tell(0);
        await NotedBy(actor);
        Pass(100);

        Assert.Empty(await NotedBy(actor));
    }

    [Fact]
    public async Task Message_begins_the_time_anew()
    {
        var actor = Idler(self => self.On<string>(_ => { }));
        await NotedBy(actor);

        Pass(9);
        actor.Tell("activity");
        await NotedBy(actor);
        Pass(9);
        Assert.Empty(await NotedBy(actor));
        Pass(1);

        Assert.Equal(["idle"], await NotedBy(actor));
    }

    [Fact]
    public async Task Message_that_is_marked_does_not_count()
    {
        var actor = Idler(_ => { });
        await NotedBy(actor);

        Pass(9);
        await NotedBy(actor); // the fence is marked
        Pass(1);

        Assert.Equal(["idle"], await NotedBy(actor));
    }

    [Fact]
    public async Task Time_passes_during_an_asynchronous_handler_and_the_message_comes_right_after_it()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Idler(self => self.OnAsync<string>(async _ =>
        {
            begun.SetResult();
            await gate.Task;
            Note("end");
        }));
        await NotedBy(actor);
        actor.Tell("go");
        await begun.Task;

        Pass(10);
        gate.SetResult();

        Assert.Equal(["end", "idle"], await NotedBy(actor));
    }

    [Fact]
    public async Task New_instance_begins_without_a_time_out()
    {
        var instances = 0;
        var actor = Act(self =>
        {
            AnswerFences(self);
            if (++instances == 1) { self.Ctx.SetReceiveTimeout(Ms(10)); }
            self.On<int>(_ => throw new InvalidOperationException("boom"));
            self.On<ReceiveTimeout>(_ => Note("idle"));
            self.On<string>(_ => Note(self.Ctx.ReceiveTimeout is null));
        });
        actor.Tell(0);
        actor.Tell("what");

        Pass(100);

        Assert.Equal([true], await NotedBy(actor));
    }

    private IActorRef Idler(Action<LambdaActor> configure) => Act(self =>
    {
        AnswerFences(self);
        self.Ctx.SetReceiveTimeout(Ms(10));
        self.On<ReceiveTimeout>(_ => Note("idle"));
        configure(self);
    });
}
