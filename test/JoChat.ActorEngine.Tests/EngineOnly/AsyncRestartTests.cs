namespace JoChat.ActorEngine.Tests;

public sealed class AsyncRestartTests : ActorSpec
{
    // The child is made while its parent is suspended, so it is restarted along with it without having been suspended.
    [Fact]
    public async Task Restart_by_the_parent_does_not_let_messages_in_before_the_handler_is_done()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var begun = new ManualResetEventSlim();
        var isFirst = true;
        var parent = Act(self =>
        {
            if (isFirst) { self.Ctx.ActorOf(Lambda(slow => slow.OnStop = begun.Wait), "slow"); }
            isFirst = false;
            self.On<string>(_ => throw new InvalidOperationException("boom"));
            self.OnPreRestart = (_, _) =>
            {
                self.Ctx.Stop(self.Ctx.Child("slow"));
                var child = self.Ctx.ActorOf(Lambda(kid =>
                {
                    kid.OnPostRestart = _ => TestActor.Tell("restarted");
                    kid.OnAsync<string>(async _ =>
                    {
                        begun.Set();
                        await gate.Task;
                        TestActor.Tell("end");
                    });
                    kid.On<int>(number => TestActor.Tell(number));
                }));
                child.Tell("go");
                child.Tell(1);
            };
        });

        parent.Tell("fail");
        await ExpectMsgAsync("restarted");
        gate.SetResult();

        await ExpectMsgAsync("end");
        await ExpectMsgAsync(1);
    }
}
