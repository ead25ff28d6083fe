namespace JoChat.Cli.State;

/// <summary>Where the program's files of a person are.</summary>
/// <remarks>https://specifications.freedesktop.org/basedir-spec/latest</remarks>
internal static class PersonalFolder
{
    /// <summary>The folder of one kind of files.</summary>
    /// <param name="variable">Tells environment variables.</param>
    /// <param name="name">The variable that names it, such as <c>XDG_STATE_HOME</c>.</param>
    /// <param name="below">Where it is below <c>HOME</c> otherwise.</param>
    /// <returns>Its path; null if neither variable tells.</returns>
    public static string? Find(Func<string, string?> variable, string name, string below)
    {
        // A relative path is invalid there, says the specification, and is ignored.
        if (variable(name) is { Length: > 0 } folder && Path.IsPathFullyQualified(folder))
        {
            return Path.Combine(folder, "jochat");
        }
        return variable("HOME") is { Length: > 0 } home ? Path.Combine(home, below, "jochat") : null;
    }
}
