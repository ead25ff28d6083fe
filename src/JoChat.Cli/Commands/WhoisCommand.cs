using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat whois WHO</c>.</summary>
internal static class WhoisCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var who = new Argument<string>("WHO") { Description = "The name." };
        var command = new VerbCommand("whois", "Tell how somebody's name is written, and whether they are present.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat whois bob"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        command.Add(who);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var name = Credentials.CheckName(parsed.GetRequiredValue(who), "WHO");
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var account = await People.FindExactlyAsync(client, name, cancellation);
                    var present = await People.PresentAsync(client, [account], cancellation);
                    verb.Data.WriteResult(
                        json =>
                        {
                            json.WriteNumber("id", account.Id);
                            json.WriteString("username", account.Username);
                            if (present is null) { json.WriteNull("present"); }
                            else { json.WriteBoolean("present", present.Count > 0); }
                        },
                        SafeText.Of(account.Username) + present?.Count switch
                        {
                            null => "",
                            0 => ": not present",
                            _ => ": present",
                        });
                },
                cancellation);
        }));
        return command;
    }
}
