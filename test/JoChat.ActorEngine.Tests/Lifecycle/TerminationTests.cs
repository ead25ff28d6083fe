namespace JoChat.ActorEngine.Tests;

public sealed class TerminationTests
{
    [Fact]
    public async Task Terminate_stops_children_before_parents_and_then_completes()
    {
        var order = new List<string>();
        var system = NewSystem();
        var born = new TaskCompletionSource();
        system.ActorOf(LambdaActor.Of(parent =>
        {
            parent.OnStop = () => order.Add("parent");
            parent.Ctx.ActorOf(LambdaActor.Of(child =>
            {
                child.OnStop = () => order.Add("child");
                child.OnStart = born.SetResult;
            }));
        }));
        await born.Task;
        system.RegisterOnTermination(() => order.Add("callback"));

        await system.Terminate();

        Assert.Equal(["child", "parent", "callback"], order);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Second_call_is_the_same_run()
    {
        var system = NewSystem();

        Assert.Same(system.Terminate(), system.Terminate());
        await system.WhenTerminated;
    }

    [Fact]
    public async Task Nothing_can_be_made_when_the_system_has_terminated()
    {
        var system = NewSystem();
        await system.Terminate();

        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Empty));
        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    private static ActorSystem NewSystem() => ActorSystem.Create("ending", "akka.stdout-loglevel = OFF");
}
