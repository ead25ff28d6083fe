namespace JoChat.ActorEngine.Tests;

public sealed class NameDetailTests : ActorSpec
{
    [Fact]
    public async Task Names_grow_when_all_of_one_letter_are_given()
    {
        var parent = Act(self => self.On<int>(count =>
        {
            for (var i = 0; i < count; i++) { self.From.Tell(self.Ctx.ActorOf(Props.Empty).Path.Name); }
        }));

        parent.Tell(66);

        var names = new List<string>();
        for (var i = 0; i < 66; i++) { names.Add(await ExpectMsgAsync<string>()); }
        Assert.Equal(["$~", "$ab", "$bb"], names.Skip(63));
    }

    [Fact]
    public void Paths_are_read_with_the_number_of_their_incarnation()
    {
        Assert.Equal(17L, ActorPath.Parse("akka://sys/user/a/b#17").Uid);
        Assert.False(ActorPath.TryParse("user/a", out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse("akka://"));
    }
}
