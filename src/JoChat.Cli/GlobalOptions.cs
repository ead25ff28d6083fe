using System.CommandLine;
using JoChat.Cli.Tls;
using JoChat.Client;

namespace JoChat.Cli;

/// <summary>The options that stand before or after any verb.</summary>
internal sealed class GlobalOptions(CliEnvironment environment)
{
    private const string Json = "json", Binary = "binary";
    private const int LongestTimeoutSeconds = 24 * 3600;

    private readonly Option<string> _host = new("--host")
    {
        Description = "Name or address of the server.",
        HelpName = "HOST",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int> _port = NumberOption.Create(
        "--port", "TCP port of the server.", "PORT", JoChatClientOptions.DefaultPort, least: 1, most: 65_535);

    private readonly Option<string> _protocol = new("--protocol")
    {
        Description = "How messages are written: json or binary.",
        HelpName = "PROTOCOL",
        DefaultValueFactory = _ => Json,
    };

    private readonly ClientTlsOptions _tls = new();

    private readonly Option<string?> _user = new("--user")
    {
        Description = "Whose account (else the variable JOCHAT_USER, else asked for).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File whose first line is the password; - is standard input (else asked for).",
        HelpName = "FILE",
    };

    private readonly Option<int> _timeout = NumberOption.Create(
        "--timeout",
        "Longest wait for the connection and for each answer, in seconds.",
        "SECONDS",
        standard: 10,
        least: 1,
        most: LongestTimeoutSeconds);

    private readonly Option<bool> _noColor = new("--no-color")
    {
        Description = "No colours (as with NO_COLOR, TERM=dumb, or redirected output).",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print JSON: one object; of lists, one object a line.",
    };

    /// <summary>Adds the options to the root, for all verbs.</summary>
    public void AddTo(RootCommand root)
    {
        _protocol.AcceptOnlyFromAmong(Json, Binary);
        Option[] all = [_host, _port, _protocol, .. _tls.All, _user, _passwordFile, _timeout, _noColor, _json];
        foreach (var option in all)
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }

    /// <summary>Reads what was given.</summary>
    public CliSettings Read(ParseResult parsed)
    {
        var user = parsed.GetValue(_user) ?? environment.Variable("JOCHAT_USER");
        return new CliSettings
        {
            Host = parsed.GetRequiredValue(_host),
            Port = parsed.GetRequiredValue(_port),
            Encoding = parsed.GetRequiredValue(_protocol) == Binary ? WireEncoding.Binary : WireEncoding.Json,
            Tls = _tls.Read(parsed),
            User = string.IsNullOrEmpty(user) ? null : user,
            PasswordFile = parsed.GetValue(_passwordFile),
            Timeout = TimeSpan.FromSeconds(parsed.GetRequiredValue(_timeout)),
            IsColourForbidden = parsed.GetValue(_noColor),
            IsJson = parsed.GetValue(_json),
        };
    }
}
