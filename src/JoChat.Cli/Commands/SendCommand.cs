using System.CommandLine;
using System.Text;
using JoChat.Cli.Arguments;
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
        var clientId = GlobalOptions.Text(
            "--client-id", "ID", "What you call the message: sent again under it, it is stored once.");
        var command = new VerbCommand("send", "Send a message; done when the server has stored it.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat send bob \"See you at eight\"", "date | jochat send bob", "jochat send bob -- --hm--"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        command.Add(who);
        command.Add(text);
        command.Add(clientId);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var recipient = Credentials.CheckName(parsed.GetRequiredValue(who), "WHO");
            var given = parsed.GetValue(text);
            var id = parsed.GetValue(clientId);
            if (id is not null && Encoding.UTF8.GetByteCount(id) is 0 or > Limits.MaxClientIdBytes)
            {
                throw new CommandFailedException(
                    $"--client-id: must be 1 to {Limits.MaxClientIdBytes} bytes of UTF-8.");
            }
            if (given is null && environment.IsInputTerminal)
            {
                throw new CommandFailedException("There is no text: give TEXT, or - to type it.");
            }
            // The password may be the first line of the same input, so it is read first. The text is read before
            // the login: the input may take its time.
            var access = await verb.ReadAccessAsync(cancellation);
            var content = given is null or FromInput ? await ReadAllAsync(environment.In, cancellation) : given;
            await verb.WhileLoggedInAsync(access, SendAsync, cancellation);

            async Task SendAsync(Client.JoChatClient client, long away)
            {
                var stored = id is null
                    ? await client.SendAsync(recipient, content, cancellation)
                    : await client.SendAsync(recipient, content, id, cancellation);
                verb.Data.WriteDone(
                    json =>
                    {
                        if (stored is null) { json.WriteNull("id"); }
                        else { json.WriteNumber("id", stored.Id); }
                        json.WriteString("sender", client.Username);
                        json.WriteString("recipient", recipient);
                        json.WriteString("content", content);
                        if (stored is null) { json.WriteNull("sent_at"); }
                        else { json.WriteString("sent_at", DataWriter.Time(stored.SentAt)); }
                    },
                    $"Sent to {SafeText.Of(recipient)}.");
            }
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
