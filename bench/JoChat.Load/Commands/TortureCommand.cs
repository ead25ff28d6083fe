using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using JoChat.Load.Torture;

namespace JoChat.Load;

/// <summary>The command <c>torture</c>, and the hidden one that runs a gateway whose store fails.</summary>
internal sealed class TortureCommand(CommonOptions common)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private readonly Option<int> _seconds = CommonOptions.Number(
        "--seconds", "How long faults are injected", 60, 1, 86_400);
    private readonly Option<int> _kills = CommonOptions.Number(
        "--kills", "Instead: until so many kill -9", 0, 0, 100_000);
    private readonly Option<int> _cuts = CommonOptions.Number(
        "--cuts", "Instead: until so many cuts", 0, 0, 10_000_000);
    private readonly Option<int> _clients = CommonOptions.Number(
        "--clients", "Accounts that write to each other", 16, 2, 200);

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Repeats the plan of a run; its report tells it",
        HelpName = "N",
    };

    private readonly Option<string> _durability = new("--durability")
    {
        Description = "off: the server acknowledges before it stores. This run must fail",
        DefaultValueFactory = _ => "on",
    };

    private readonly Option<string> _nodes = new("--nodes")
    {
        Description = "Tortures a cluster: gateways, three and a store; or both, three that are both",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<string> _fencing = new("--fencing")
    {
        Description = "off: PostgreSQL takes what a writer writes that was replaced. This run must fail",
        DefaultValueFactory = _ => "on",
    };

    private readonly Option<string> _framing = new("--framing")
    {
        Description = "off: links do not see what they lose. This run must fail",
        DefaultValueFactory = _ => "on",
    };

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        foreach (var control in (Option<string>[])[_durability, _fencing, _framing])
        {
            control.AcceptOnlyFromAmong("on", "off");
        }
        _nodes.AcceptOnlyFromAmong("none", "gateways", "both");
        var command = new Command("torture", "Kills the server and cuts its clients, and proves what it acknowledged")
        {
            _seconds, _kills, _cuts, _clients, _seed, _nodes, _durability, _fencing, _framing, common.Store, common.Folder, common.Json,
        };
        command.Validators.Add(CheckCombination);
        command.SetAction(RunAsync);
        return command;
    }

    // A control that does nothing would seem to be one that fails to fail.
    private void CheckCombination(CommandResult given)
    {
        bool IsOff(Option<string> control) => given.GetValue(control) == "off";
        var isCluster = given.GetValue(_nodes) is "gateways" or "both"; // null if it is not given
        var isOnPostgres = given.GetValue(common.Store) == "postgres";
        if (given.GetValue(_nodes) == "both" && !isOnPostgres) { given.AddError("--nodes both needs --store postgres"); }
        if (IsOff(_durability) && isCluster) { given.AddError("--durability off is for one process, without --nodes"); }
        if (IsOff(_framing) && !isCluster) { given.AddError("--framing off needs --nodes"); }
        if (IsOff(_fencing) && !(isCluster && isOnPostgres))
        {
            given.AddError("--fencing off needs --nodes and --store postgres");
        }
    }

    /// <summary>Makes the hidden command.</summary>
    public static Command CreateGateway()
    {
        var failing = new Argument<string>("failing");
        var commitsAtOnce = new Argument<int>("commits-at-once");
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("faulty-gateway", "A server of the torture")
        {
            failing, commitsAtOnce, arguments,
        };
        command.Hidden = true;
        command.SetAction((parsed, _) => FaultyGateway.RunAsync(
            parsed.GetValue(arguments)!, FailingCalls.Parse(parsed.GetValue(failing)!),
            parsed.GetValue(commitsAtOnce)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new TortureOptions
        {
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Kills = parsed.GetValue(_kills),
            Cuts = parsed.GetValue(_cuts),
            Clients = parsed.GetValue(_clients),
            Seed = parsed.GetValue(_seed) ?? Random.Shared.Next(),
            Folder = parsed.GetValue(common.Folder)!.FullName,
            IsDurable = parsed.GetValue(_durability) == "on",
            OnPostgres = parsed.GetValue(common.Store) == "postgres",
            Nodes = Enum.Parse<Nodes>(parsed.GetValue(_nodes)!, ignoreCase: true),
            IsFenced = parsed.GetValue(_fencing) == "on",
            IsFramed = parsed.GetValue(_framing) == "on",
        };
        if (options.Nodes is not Nodes.None && !NodeNetwork.IsOwn
            && await NodeNetwork.RunAgainAsync(cancellation) is { } status) { return status; }
        Console.Error.WriteLine(FormattableString.Invariant($"torture, seed {options.Seed}"));
        var report = await TortureRun.RunAsync(options, cancellation);
        report.Write(Console.Out);
        if (parsed.GetValue(common.Json) is { } file)
        {
            var figures = report.Verdict.Concat(report.Activity).ToDictionary(row => row.Name, row => row.Value);
            await File.WriteAllTextAsync(
                file.FullName, JsonSerializer.Serialize(new { options.Seed, figures, report.Findings }, Layout),
                cancellation);
        }
        return report.Tally.IsClean ? 0 : 1;
    }
}
