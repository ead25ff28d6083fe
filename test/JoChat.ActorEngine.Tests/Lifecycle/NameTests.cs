namespace JoChat.ActorEngine.Tests;

public sealed class NameTests : ActorSpec
{
    [Theory]
    [InlineData("a")]
    [InlineData("-_.*$+:@&=,!~';()\"")]
    [InlineData("%2Fx")]
    public void Allowed_names_are_the_end_of_the_path(string name) =>
        Assert.Equal($"akka://test/user/{name}", Act(_ => { }, name).Path.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("a b")]
    [InlineData("%2")]
    [InlineData("%zz")]
    public void Other_names_are_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Act(_ => { }, name));

    [Fact]
    public void Name_of_a_sibling_is_refused()
    {
        Act(_ => { }, "same");

        Assert.Throws<InvalidActorNameException>(() => Act(_ => { }, "same"));
    }

    [Fact]
    public async Task Name_of_a_sibling_that_is_stopping_is_refused_until_it_is_gone()
    {
        using var gate = new ManualResetEventSlim();
        var parent = Act(self => self.On<string>(_ =>
        {
            var child = self.Ctx.ActorOf(Lambda(kid => kid.OnStop = gate.Wait), "same");
            self.Ctx.Stop(child);
            self.From.Tell(Record.Exception(() => self.Ctx.ActorOf(Props.Empty, "same"))!);
        }));

        parent.Tell("go");

        await ExpectMsgAsync<InvalidActorNameException>();
        gate.Set();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a.b")]
    public void System_names_are_letters_digits_and_hyphens(string name) =>
        Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task Child_of_a_name_no_one_has_is_nobody()
    {
        var parent = Act(self => self.On<string>(name => self.From.Tell(self.Ctx.Child(name))));

        parent.Tell("x");

        Assert.True((await ExpectMsgAsync<IActorRef>()).IsNobody());
    }

    [Fact]
    public async Task Actors_without_a_name_are_counted()
    {
        var parent = Act(self => self.On<string>(_ =>
        {
            for (var i = 0; i < 2; i++) { self.From.Tell(self.Ctx.ActorOf(Props.Empty).Path.Name); }
        }));

        parent.Tell("make");

        await ExpectMsgAsync("$a");
        await ExpectMsgAsync("$b");
    }

    [Fact]
    public void Paths_can_be_read_and_taken_apart()
    {
        var path = ActorPath.Parse("akka://sys/user/a/b");

        Assert.Equal(("b", "akka://sys"), (path.Name, path.Address.ToString()));
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.Equal(path, path.Root / "user" / "a" / "b");
        Assert.Equal(path.Parent, ActorPath.Parse("akka://sys/user/a"));
        Assert.NotEqual(path, ActorPath.Parse("akka://other/user/a/b"));
        Assert.True(ActorPath.IsValidPathElement("a") && !ActorPath.IsValidPathElement("$a"));
    }
}
