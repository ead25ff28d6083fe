using JoChat.Cli.Terminals;

namespace JoChat.Cli.Tests.Terminals;

public sealed class PlainTerminalTests : IDisposable
{
    private readonly StringWriter _output = new(), _questions = new();

    public void Dispose()
    {
        _output.Dispose();
        _questions.Dispose();
    }

    [Fact]
    public async Task Lines_are_read_until_the_input_ends_and_nobody_is_prompted()
    {
        var terminal = new PlainTerminal(new StringReader("ada\npw\n"), _output, questions: null, device: null);

        Assert.Equal("ada", (await terminal.ReadLineAsync(LinePrompt.Question("Username: "), default)).Text);
        Assert.Equal("pw", (await terminal.ReadLineAsync(LinePrompt.Secret("Password: "), default)).Text);
        Assert.Null((await terminal.ReadLineAsync(LinePrompt.Question("more? "), default)).Text);
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public async Task Before_a_person_questions_are_asked_beside_the_output_and_secrets_not_echoed()
    {
        var terminal = new PlainTerminal(
            TextReader.Null, _output, _questions, new FakeDevice("pw\r"));

        Assert.Equal("pw", (await terminal.ReadLineAsync(LinePrompt.Secret("Password: "), default)).Text);
        Assert.Equal("Password: " + Environment.NewLine, _questions.ToString());
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public void A_text_of_several_lines_is_printed_on_one()
    {
        var terminal = new PlainTerminal(TextReader.Null, _output, questions: null, device: null);

        terminal.WriteLine(new ScreenLine("bob: ", "a\n* Logged in", "✓"));

        Assert.Equal(@"bob: a\n* Logged in ✓" + Environment.NewLine, _output.ToString());
    }
}
