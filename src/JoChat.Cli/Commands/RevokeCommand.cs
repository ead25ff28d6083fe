using System.CommandLine;
using System.Globalization;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat revoke ID</c>.</summary>
internal static class RevokeCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var id = new Argument<long>("ID")
        {
            Description = "Its id, as sessions shows it.",
            CustomParser = argument =>
            {
                var given = argument.Tokens[0].Value;
                if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }
                argument.AddError($"ID: must be a whole number, not \"{given}\".");
                return 0;
            },
        };
        var command = new VerbCommand("revoke", "End one of your logins: whoever has it is logged out.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat revoke 7"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        command.Add(id);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var login = parsed.GetRequiredValue(id);
            var access = await verb.ReadAccessAsync(cancellation);
            await verb.WhileLoggedInAsync(
                access,
                async (client, _) =>
                {
                    var isOwn = await client.RevokeLoginAsync(login, cancellation);
                    if (isOwn) { verb.Logins.Delete(verb.Settings.Server, access.Username); }
                    verb.Data.WriteDone(
                        json =>
                        {
                            json.WriteNumber("revoked", login);
                            json.WriteBoolean("own", isOwn);
                        },
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Ended login {login}{(isOwn ? ", which was this one" : "")}."));
                },
                cancellation);
        }));
        return command;
    }
}
