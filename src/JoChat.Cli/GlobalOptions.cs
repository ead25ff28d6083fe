using System.CommandLine;
using JoChat.Cli.Chat;
using JoChat.Cli.Tls;
using JoChat.Client;

namespace JoChat.Cli;

/// <summary>The options that stand before or after any verb. What is not given as one is told by an environment
/// variable, the profile, the rest of the configuration file, or the default, in this order.</summary>
internal sealed class GlobalOptions(CliEnvironment environment)
{
    private const string Json = "json", Binary = "binary";
    private const int LongestTimeoutSeconds = 24 * 3600;

    private static readonly string[] Keys = // of the configuration file
    [
        "host", "port", "user", "protocol", "tls", "ca-file", "tls-fingerprint", "timeout", "no-color", "notify",
    ];

    private readonly Option<string?> _host = Text("--host", "HOST[:PORT]", "The server (else JOCHAT_HOST; 127.0.0.1).");
    private readonly Option<string?> _port = Text("--port", "PORT", "Its TCP port (5555).");

    private readonly Option<string?> _user = Text(
        "--user", "NAME", "Whose account (else JOCHAT_USER, the last login).");

    private readonly Option<string?> _passwordFile = Text(
        "--password-file", "FILE", "File whose first line is the password; - is standard input.");

    private readonly Option<string?> _profile = Text(
        "--profile", "NAME", "Profile in ~/.config/jochat/config.conf (else JOCHAT_PROFILE).");

    private readonly Option<string?> _protocol = Text("--protocol", "PROTOCOL", "json or binary.");

    private readonly ClientTlsOptions _tls = new();
    private readonly Option<string?> _timeout = Text("--timeout", "SECONDS", "Longest wait for each answer (10).");
    private readonly Option<bool> _noColor = Flag("--no-color", "No colours (as with NO_COLOR or TERM=dumb).");
    private readonly Option<bool> _json = Flag("--json", "Print JSON: one object; of lists, one object a line.");

    private readonly Option<bool> _takeover = Flag(
        "--takeover", "Of the chat: end the account's session elsewhere instead of asking.");

    private readonly Option<string?> _notify = Text(
        "--notify", "HOW", "Of the chat: ring when a message comes: off, on, or text to show it.");

    /// <summary>An option that takes a text; null if it is not given.</summary>
    public static Option<string?> Text(string name, string valueName, string description) => new(name)
    {
        HelpName = valueName,
        Description = description,
    };

    /// <summary>An option that takes no value: not even <c>true</c>, which may be a text.</summary>
    public static Option<bool> Flag(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Adds the options to the root, for all verbs.</summary>
    public void AddTo(RootCommand root)
    {
        Option[] all =
            [_host, _port, _user, _passwordFile, _profile, _protocol, .. _tls.All, _timeout, _noColor, _json];
        foreach (var option in all)
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
        root.Options.Add(_takeover); // verbs leave the other session alone
        root.Options.Add(_notify);
    }

    /// <summary>Reads what was given.</summary>
    /// <exception cref="CommandFailedException">A value, or the configuration file, cannot be used.</exception>
    public CliSettings Read(ParseResult parsed)
    {
        var profile = parsed.GetValue(_profile) is { } name
            ? Credentials.CheckName(name, _profile.Name)
            : NonEmpty(environment.Variable("JOCHAT_PROFILE"));
        var config = UserConfig.Read(environment.Variable, profile, Keys);

        var server = Written(_host, "JOCHAT_HOST")?.Parse(ServerAddress.Parse) ?? new ServerAddress("127.0.0.1", null);
        var port = Written(_port)?.Parse(text => WholeNumber.Parse(text, least: 1, most: 65_535));
        if (parsed.GetValue(_host) is not null && parsed.GetValue(_port) is not null && server.Port is { } other
            && other != port)
        {
            throw new CommandFailedException($"--host and --port name two ports, {other} and {port}.");
        }
        // A port goes with the host beside it, unless an option names another.
        if (server.Port is not null && parsed.GetValue(_port) is null) { port = server.Port; }
        return new CliSettings
        {
            Host = server.Host,
            Port = port ?? JoChatClientOptions.DefaultPort,
            Encoding = Written(_protocol)?.Parse(ParseProtocol) ?? WireEncoding.Json,
            Tls = _tls.Read(option => Written(option)),
            User = Written(_user, "JOCHAT_USER") is { } user ? Credentials.CheckName(user.Text, user.Place) : null,
            PasswordFile = Written(_passwordFile)?.Parse(BoundedFile.CheckPath),
            Timeout = TimeSpan.FromSeconds(
                Written(_timeout)?.Parse(text => WholeNumber.Parse(text, least: 1, LongestTimeoutSeconds)) ?? 10),
            IsColourForbidden = parsed.GetValue(_noColor) || (config.Find("no-color")?.Parse(ParseSwitch) ?? false),
            TakesOver = parsed.GetValue(_takeover),
            Notices = Written(_notify)?.Parse(ParseNotices) ?? NoticeMode.Off,
            IsJson = parsed.GetValue(_json),
        };

        PlacedText? Written(Option<string?> option, string? variable = null) =>
            parsed.GetResult(option) is { Implicit: false }
                ? new PlacedText(parsed.GetValue(option) ?? "on", option.Name) // only --tls may stand without a value
            : variable is not null && NonEmpty(environment.Variable(variable)) is { } set
                ? new PlacedText(set, variable)
            : config.Find(option.Name[2..]);
    }

    private static WireEncoding ParseProtocol(string text) => text switch
    {
        Json => WireEncoding.Json,
        Binary => WireEncoding.Binary,
        _ => throw new CommandFailedException($"must be {Json} or {Binary}, not \"{text}\"."),
    };

    private static NoticeMode ParseNotices(string text) => text switch
    {
        "off" => NoticeMode.Off,
        "on" => NoticeMode.On,
        "text" => NoticeMode.Text,
        _ => throw new CommandFailedException($"must be off, on or text, not \"{text}\"."),
    };

    private static bool ParseSwitch(string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new CommandFailedException($"must be on or off, not \"{text}\"."),
    };

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
