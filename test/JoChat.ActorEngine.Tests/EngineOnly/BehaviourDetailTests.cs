namespace JoChat.ActorEngine.Tests;

public sealed class BehaviourDetailTests : ActorSpec
{
    [Fact]
    public async Task Replaced_initial_behaviour_does_not_come_back()
    {
        var actor = Act(self =>
        {
            self.On<string>(_ => self.Switch(() => self.On<int>(_ =>
            {
                TestActor.Tell("replaced");
                self.SwitchBack();
            })));
            self.On<int>(_ => TestActor.Tell("initial"));
        });

        actor.Tell("switch");
        actor.Tell(1);
        actor.Tell(2);

        await ExpectMsgAsync("replaced");
        await ExpectMsgAsync("replaced");
    }

    [Fact]
    public async Task Behaviour_whose_configuration_fails_leaves_no_handler_behind()
    {
        var actor = Act(self => self.On<string>(_ =>
        {
            Assert.Throws<InvalidOperationException>(() => self.Switch(() =>
            {
                self.On<int>(number => TestActor.Tell(number));
                throw new InvalidOperationException("boom");
            }));
            self.Switch(() => self.On<double>(number => TestActor.Tell(number)));
        }));

        actor.Tell("switch");
        actor.Tell(1);
        actor.Tell(1.5);

        await ExpectMsgAsync(1.5);
    }
}
