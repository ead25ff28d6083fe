using System.CommandLine;
using System.CommandLine.Parsing;

namespace JoChat.Gateway;

/// <summary><c>cluster-ca</c>: makes the authority of a cluster and the certificates of its nodes. It needs no
/// settings.</summary>
internal sealed class ClusterCaCommand
{
    private const string StandardFolder = "cluster-ca";

    private readonly Option<string?> _folder = new("--dir")
    {
        Description = $"Folder of the authority (default {StandardFolder})",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> _target = new("--out")
    {
        Description = "Folder for the node's files (default: that of the authority)",
        HelpName = "DIR",
    };

    private readonly Argument<string> _node = new("NAME")
    {
        Description = "What the node is called, such as node1 or node1.example.org",
    };

    private ClusterCaCommand() { }

    /// <summary>Makes the command.</summary>
    public static Command Create() => new ClusterCaCommand().CreateCommand();

    private Command CreateCommand()
    {
        var init = new Command("init", "Make an authority: a key, and a certificate valid for "
            + $"{ClusterAuthority.AuthorityYears} years. One that is there is never overwritten.");
        init.SetAction(parsed => Run(parsed, Init));
        var issue = new Command("issue", "Issue the certificate of one node, valid for "
            + $"{ClusterAuthority.NodeYears} years, and its key")
        {
            _node, _target,
        };
        issue.SetAction(parsed => Run(parsed, Issue));
        _node.Validators.Add(given => AddFault(given, NodeName.FaultOf(given.GetValueOrDefault<string>() ?? "")));
        _folder.Validators.Add(AddFaultOfFolder);
        _target.Validators.Add(AddFaultOfFolder);
        var command = new Command("cluster-ca",
            """
            Make the certificates by which the processes of a cluster know each other.
            Exit status: 0 done, 1 could not be done, 2 wrong usage.
            """)
        {
            _folder, init, issue,
        };
        // They would be passed over silently.
        foreach (var part in (Command[])[init, issue]) { ServerOptions.RefuseAll(part, "cluster-ca"); }
        return command;
    }

    private void Init(ParseResult parsed, TextWriter output)
    {
        var named = parsed.GetValue(_folder);
        var folder = new AuthorityFolder(named ?? StandardFolder);
        var made = folder.Create(DateTimeOffset.UtcNow);
        output.WriteLine($"Made the authority of a cluster, valid until {IssuedCertificate.Date(made.NotAfter)}:");
        output.WriteLine($"  {folder.Key} (its key: keep it secret, and never copy it to a node)");
        output.WriteLine($"  {folder.Certificate} (its certificate)");
        output.WriteLine("Next, for each node: jochat-gateway cluster-ca issue NAME"
            + (named is null ? "" : $" --dir {named}"));
    }

    private void Issue(ParseResult parsed, TextWriter output)
    {
        var path = parsed.GetValue(_folder) ?? StandardFolder;
        var folder = new AuthorityFolder(path);
        var name = parsed.GetValue(_node)!;
        var now = DateTimeOffset.UtcNow;
        using var authority = folder.Load(now);
        var target = parsed.GetValue(_target) ?? path;
        AuthorityFolder.Make(target);
        var issued = authority.Issue(name, now);
        var (certificate, key) = (Path.Combine(target, $"{name}.crt"), Path.Combine(target, $"{name}.key"));
        NewFiles.Write(
            new NewFile(certificate, issued.Certificate, IsSecret: false), new NewFile(key, issued.Key, IsSecret: true));
        output.WriteLine($"Issued a certificate to {name}, valid until {IssuedCertificate.Date(issued.NotAfter)}:");
        output.WriteLine($"  {certificate}");
        output.WriteLine($"  {key} (its key: keep it secret)");
        output.WriteLine("Copy these two to the node, and as the third");
        output.WriteLine($"  {folder.Certificate} (never {Path.GetFileName(folder.Key)})");
        output.WriteLine("and add to the node's settings, with the folder where they are then:");
        output.WriteLine($$"""
              jochat.cluster.tls {
                certificate = "{{name}}.crt"
                key = "{{name}}.key"
                authority = "{{Path.GetFileName(folder.Certificate)}}"
              }
            """);
    }

    private static int Run(ParseResult parsed, Action<ParseResult, TextWriter> action)
    {
        try
        {
            action(parsed, parsed.InvocationConfiguration.Output);
            return 0;
        }
        catch (ClusterCaException fault)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"jochat-gateway: {fault.Message}");
            return 1;
        }
    }

    private static void AddFaultOfFolder(OptionResult given)
    {
        if (given.GetValueOrDefault<string>() is "") { given.AddError($"{given.Option.Name} takes the path of a folder"); }
    }

    private static void AddFault(SymbolResult given, string? fault)
    {
        if (fault is not null) { given.AddError(fault); }
    }
}
