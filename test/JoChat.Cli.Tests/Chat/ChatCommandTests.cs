using JoChat.Cli.Chat;

namespace JoChat.Cli.Tests.Chat;

public sealed class ChatCommandTests
{
    public static TheoryData<string, object> Lines => new()
    {
        { "", new ChatInput.Nothing() },
        { "  ", new ChatInput.Nothing() },
        { "hello there", new ChatInput.Say("hello there") },
        { "//msg is a command", new ChatInput.Say("/msg is a command") },
        { " /msg", new ChatInput.Say(" /msg") },
        { "/msg bob hello  there", new ChatInput.Message("bob", "hello  there") },
        { "/MSG bob hi", new ChatInput.Message("bob", "hi") },
        { "/msg  bob  hi", new ChatInput.Message("bob", "hi") },
        { "/msg bob /quit", new ChatInput.Message("bob", "/quit") },
        { "/query bob", new ChatInput.OpenQuery("bob") },
        { "/close", new ChatInput.CloseQuery() },
        { "/who b*", new ChatInput.Find("b*") },
        { "/who", new ChatInput.Find("*") },
        { "/more", new ChatInput.More() },
        { "/away", new ChatInput.Away(10) },
        { "/away 3", new ChatInput.Away(3) },
        { "/inbox", new ChatInput.Inbox() },
        { "/delete-account", new ChatInput.DeleteAccount() },
        { "/logout", new ChatInput.LogOut() },
        { "/help", new ChatInput.Help() },
        { "/quit", new ChatInput.Quit() },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_means_what_the_help_says(string line, object expected)
    {
        Assert.Equal(expected, ChatCommand.Read(line));
    }

    [Theory]
    [InlineData("/delete 7 #8")]
    [InlineData("/delete  7   8 ")]
    public void Ids_are_read_with_and_without_the_sign_before_them(string line)
    {
        Assert.Equal([7, 8], Assert.IsType<ChatInput.Delete>(ChatCommand.Read(line)).Ids);
    }

    [Theory]
    [InlineData("/nonsense bob hi")]
    [InlineData("/ msg bob hi")]
    [InlineData("/msgbob hi")]
    [InlineData("/msg")]
    [InlineData("/msg bob")]
    [InlineData("/msg bob ")]
    [InlineData("/query")]
    [InlineData("/query bob eve")]
    [InlineData("/close it")]
    [InlineData("/away -1")]
    [InlineData("/away many")]
    [InlineData("/delete")]
    [InlineData("/delete seven")]
    [InlineData("/delete 7 eight")]
    [InlineData("/delete -7")]
    [InlineData("/delete-account yes")]
    [InlineData("/quit now")]
    public void A_command_that_is_not_understood_is_a_mistake_and_never_text(string line)
    {
        Assert.IsType<ChatInput.Mistake>(ChatCommand.Read(line));
    }
}
