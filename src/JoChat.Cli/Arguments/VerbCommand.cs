using System.CommandLine;

namespace JoChat.Cli.Arguments;

/// <summary>A verb, with what its help tells beside its arguments and options.</summary>
internal sealed class VerbCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines as people type them.</summary>
    public required string[] Examples { get; init; }

    /// <summary>The exit codes it can end with, beside those of every verb.</summary>
    public int[] ExitCodes { get; init; } = [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn];

    /// <summary>Whether it is never done: only a failure or a signal ends it.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Which group of the overview it belongs to.</summary>
    public required VerbGroup Group { get; init; }
}

/// <summary>The groups of the overview, in its order.</summary>
internal enum VerbGroup
{
    /// <summary>Writing and reading.</summary>
    Messages,

    /// <summary>Finding others.</summary>
    People,

    /// <summary>One's own account.</summary>
    Account,

    /// <summary>The shell and its scripts.</summary>
    Shell,
}
