namespace JoChat.ActorEngine.Tests;

public sealed class LogDetailTests : ActorSpec
{
    [Fact]
    public async Task Text_that_does_not_fit_its_arguments_is_logged_nevertheless()
    {
        Sys.EventStream.Subscribe<LogEvent>(TestActor);
        var actor = Act(self => self.On<string>(_ =>
        {
            self.Ctx.GetLogger().Warning("{0} {1}", "too few");
            self.Ctx.GetLogger().Error("plain {braces}");
        }));

        actor.Tell("log");

        var warning = await ExpectMsgAsync<Warning>();
        Assert.Equal(("{0} {1} [too few]", actor.Path.ToString()), (warning.Message.ToString(), warning.LogSource));
        Assert.Equal("plain {braces}", (await ExpectMsgAsync<Error>()).Message.ToString());
    }
}
