namespace JoChat.Cli;

/// <summary>A command stops for a reason found on this side; most often it cannot be carried out as given.</summary>
/// <param name="message">What was expected and what to do.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode => exitCode;

    /// <summary>The reason for programs, in snake case; null: what goes with the exit code.</summary>
    public string? Code { get; init; }
}
