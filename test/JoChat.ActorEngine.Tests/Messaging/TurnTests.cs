namespace JoChat.ActorEngine.Tests;

/// <summary>An actor that is woken up by another may run next on the other's thread. That must not show.</summary>
public sealed class TurnTests : ActorSpec
{
    [Fact]
    public async Task Actor_that_waits_in_its_handler_does_not_hold_up_those_it_has_told()
    {
        using var handled = new ManualResetEventSlim();
        var told = Act(self => self.On<string>(_ => handled.Set()));
        var waiting = Act(self => self.On<string>(_ =>
        {
            told.Tell("go");
            TestActor.Tell(handled.Wait(TimeSpan.FromSeconds(30)));
        }));

        waiting.Tell("wait");

        await ExpectMsgAsync(true);
    }

    [Fact]
    public async Task Actor_that_waits_in_its_handler_does_not_hold_up_those_who_were_told_by_those_it_has_told()
    {
        using var handled = new ManualResetEventSlim();
        var last = Act(self => self.On<string>(_ => handled.Set()));
        var middle = Act(self => self.On<string>(message => last.Tell(message)));
        var waiting = Act(self => self.On<string>(_ =>
        {
            middle.Tell("go");
            TestActor.Tell(handled.Wait(TimeSpan.FromSeconds(30)));
        }));

        waiting.Tell("wait");

        await ExpectMsgAsync(true);
    }

    [Fact]
    public async Task Pairs_that_never_stop_telling_each_other_leave_others_their_turn()
    {
        for (var pair = 0; pair < Environment.ProcessorCount * 4; pair++)
        {
            var pong = Act(self => self.On<string>(ball => self.From.Tell(ball, self.Me)));
            Act(self => self.On<string>(ball => self.From.Tell(ball, self.Me))).Tell("ball", pong);
        }

        Act(self => self.On<string>(message => TestActor.Tell(message))).Tell("other");

        await ExpectMsgAsync("other");
    }
}
