namespace JoChat.ActorEngine.Tests;

public sealed class TerminationDetailTests
{
    [Fact]
    public async Task Failing_callback_does_not_keep_the_others_from_running()
    {
        var system = NewSystem();
        var ran = false;
        system.RegisterOnTermination(() => throw new InvalidOperationException("boom"));
        system.RegisterOnTermination(() => ran = true);

        await system.Terminate();

        Assert.True(ran);
    }

    [Fact]
    public async Task Failure_escalated_by_a_guardian_ends_the_system()
    {
        var system = NewSystem();
        var guardian = ((InternalActorRef)system.ActorOf(Props.Empty)).Parent;

        guardian.Parent.SendSystem(new Failed(guardian, new InvalidOperationException("boom")));

        await system.WhenTerminated;
    }

    [Fact]
    public async Task Callback_registered_by_a_callback_runs_too()
    {
        var system = NewSystem();
        var ran = false;
        system.RegisterOnTermination(() => system.RegisterOnTermination(() => ran = true));

        await system.Terminate();

        Assert.True(ran);
    }

    // Between its name and its place in the table it is not to be seen, and must be waited for nevertheless.
    [Fact]
    public async Task Child_that_is_being_made_when_its_parent_begins_to_stop_is_waited_for()
    {
        var system = NewSystem();
        var child = (LocalActorRef)system.ActorOf(Props.Empty, "child");
        var table = new ChildrenTable();
        table.Reserve("child", child.Parent.Path);

        table.Close();

        Assert.True(table.Await(new AwaitedFor.Termination()));
        table.Add("child", child);
        Assert.IsType<AwaitedFor.Termination>(table.Remove(child));
        await system.Terminate();
    }

    private static ActorSystem NewSystem() => ActorSystem.Create("ending", "akka.stdout-loglevel = OFF");
}
