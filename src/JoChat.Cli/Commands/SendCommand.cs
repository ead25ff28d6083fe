using System.CommandLine;
using JoChat.Cli.Display;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat send WHO [TEXT]</c>.</summary>
internal static class SendCommand
{
    private const string FromInput = "-";

    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var who = new Argument<string>("WHO") { Description = "Whom to send to." };
        var text = new Argument<string?>("TEXT")
        {
            Description = "The text; - or nothing reads it from standard input, less its last line's end.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("send", "Send a message; done when the server has stored it.") { who, text };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var recipient = parsed.GetRequiredValue(who);
            var given = parsed.GetValue(text);
            if (given is null && environment.IsInputTerminal)
            {
                throw new CommandFailedException("There is no text: give TEXT, or - to type it.");
            }
            // The password may be the first line of the same input, so it is read first. The text is read before
            // the login: whoever is logged in is not away, and the input may take its time.
            var credentials = await verb.ReadCredentialsAsync(cancellation);
            var content = given is null or FromInput ? await ReadAllAsync(environment.In, cancellation) : given;
            await verb.WhileLoggedInAsync(
                credentials, (client, _) => client.SendAsync(recipient, content, cancellation), cancellation);
            verb.Data.WriteDone(
                json => json.WriteString("recipient", recipient), $"Sent to {SafeText.Of(recipient)}.");
        }));
        return command;
    }

    // Reads no more than could be sent, and the end of its last line: a pipe may never end.
    private static async Task<string> ReadAllAsync(TextReader input, CancellationToken cancellation)
    {
        var buffer = new char[Limits.MaxContentBytes + "\r\n".Length + 1];
        var length = await input.ReadBlockAsync(buffer, cancellation);
        if (length == buffer.Length)
        {
            throw new CommandFailedException(
                FormattableString.Invariant($"The text is longer than {Limits.MaxContentBytes:N0} bytes of UTF-8."),
                ExitCode.Refused);
        }
        var text = new string(buffer, 0, length);
        if (text.EndsWith('\n')) { text = text[..^1]; }
        return text.EndsWith('\r') ? text[..^1] : text;
    }
}
