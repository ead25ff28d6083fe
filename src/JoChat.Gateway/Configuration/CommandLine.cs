using System.CommandLine;
using System.CommandLine.Help;
using JoChat.Hocon;

namespace JoChat.Gateway;

/// <summary>The program's options, and the layers of its configuration: defaults, then the file, then the environment,
/// then <c>--set</c>, then the other options; the later wins.</summary>
internal sealed class CommandLine
{
    private const string EnvironmentPrefix = "JOCHAT__";

    private readonly Option<string?> _host = new("--host")
    {
        Description = "Address to listen on (default 127.0.0.1)",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _port = new("--port")
    {
        Description = "Port to listen on; 0 takes a free one (default 5555)",
        HelpName = "PORT",
    };

    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description = "What connections may speak: auto, json or binary (default auto)",
        HelpName = "NAME",
    };

    private readonly Option<string?> _httpPort = new("--http-port")
    {
        Description = "Port for HTTP and WebSocket; 0 for none (default 5580)",
        HelpName = "PORT",
    };

    private readonly Option<string?> _database = new("--db")
    {
        Description = "File that keeps accounts and messages (default chat.db)",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<string?> _file = new("--config")
    {
        Description = "Settings file in HOCON; the sample jochat.conf documents every setting",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "One setting, such as jochat.accounts.anonymous-listing=on; may be repeated",
        HelpName = "KEY=VALUE",
        Recursive = true,
    };

    /// <summary>Makes the command with all that is below it.</summary>
    /// <param name="serve">Runs the server.</param>
    public RootCommand Create(Func<SettingsSource, Task<int>> serve)
    {
        var command = new RootCommand(
            """
            The JoChat server. Environment variables set what the file can set: JOCHAT__GATEWAY__PORT=6000.
            Exit status: 0 stopped as asked, 1 could not start or failed, 2 wrong usage or settings, 75 a node of a cluster that
            is to be started again.
            """)
        {
            _host, _port, _protocol, _httpPort, _database, _file, _settings,
        };
        // A value is a value: only what is spelled with two dashes is an option.
        command.Options.OfType<HelpOption>().Single().Aliases.Clear();
        command.Directives.Clear();
        command.SetAction((parsed, _) => serve(Source(parsed)));
        command.Subcommands.Add(WithServerOptions("serve", "Run the server; the same as without a command", serve));
        command.Subcommands.Add(WithServerOptions("check-config",
            """
            Tell every fault in the settings, with its place.
            Exit status: 0 there is none, 2 there are some.
            """,
            source => Task.FromResult(CheckCommand.Run(source.Read()))));
        command.Subcommands.Add(BackupCommands.CreateBackup(Configure));
        command.Subcommands.Add(BackupCommands.CreateVerify());
        command.Subcommands.Add(BackupCommands.CreateRestore(Configure));
        foreach (var asking in AdminCommands.Create(Configure)) { command.Subcommands.Add(asking); }
        command.Subcommands.Add(MigrateCommand.Create(Configure));
        command.Subcommands.Add(ClusterCaCommand.Create());
        command.Subcommands.Add(ImportOriginalCommand.Create(Configure));
        return command;
    }

    private Command WithServerOptions(string name, string description, Func<SettingsSource, Task<int>> run)
    {
        var command = new Command(name, description) { _host, _port, _protocol, _httpPort };
        command.SetAction((parsed, _) => run(Source(parsed)));
        return command;
    }

    private SettingsSource Source(ParseResult parsed) => new(() => Configure(parsed), Origin(parsed));

    private IConfiguration Configure(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder();
        if (parsed.GetValue(_file) is { } file) { builder.AddHoconFile(FullPath(file), ActorSettings.AkkaSection); }
        builder.AddInMemoryCollection(FromEnvironment());
        foreach (var setting in parsed.GetValue(_settings) ?? []) { builder.AddInMemoryCollection([Split(setting)]); }
        builder.AddInMemoryCollection(Named(parsed).Where(setting => setting.Value is not null));
        return builder.Build();
    }

    // Names alone: a value may be a secret.
    private string Origin(ParseResult parsed)
    {
        var set = (parsed.GetValue(_settings) ?? []).Select(setting => setting.Split('=')[0].Trim());
        string?[] places =
        [
            parsed.GetValue(_file) is { } file ? $"the file {FullPath(file)}" : "no file",
            Place("the environment", Keys(FromEnvironment())),
            Place("the command line", set.Concat(Keys(Named(parsed)))),
        ];
        return string.Join(", ", places.OfType<string>());

        static string? Place(string place, IEnumerable<string> keys) =>
            string.Join(", ", keys) is { Length: > 0 } all ? $"{place} ({all})" : null;

        static IEnumerable<string> Keys(IEnumerable<KeyValuePair<string, string?>> settings) =>
            settings.Where(setting => setting.Value is not null).Select(setting => setting.Key.Replace(':', '.'));
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment() =>
        new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build().AsEnumerable()
            .Select(setting => KeyValuePair.Create($"jochat:{setting.Key}", setting.Value));

    private static string FullPath(string file) =>
        file.Length > 0 ? Path.GetFullPath(file) : throw new FormatException("--config takes the path of a file");

    private IEnumerable<KeyValuePair<string, string?>> Named(ParseResult parsed) =>
    [
        new("jochat:gateway:host", parsed.GetValue(_host)),
        new("jochat:gateway:port", parsed.GetValue(_port)),
        new("jochat:gateway:protocol", parsed.GetValue(_protocol)),
        new("jochat:http:port", parsed.GetValue(_httpPort)),
        new("jochat:storage:path", parsed.GetValue(_database)),
    ];

    private static KeyValuePair<string, string?> Split(string setting)
    {
        var separator = setting.IndexOf('=', StringComparison.Ordinal);
        if (separator < 1 || !setting.StartsWith("jochat.", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"--set takes jochat.KEY=VALUE, not \"{setting}\"");
        }
        var key = setting[..separator].Trim().Replace('.', ':').Replace("-", "", StringComparison.Ordinal);
        return new(key, setting[(separator + 1)..].Trim());
    }
}
