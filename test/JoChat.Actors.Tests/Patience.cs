namespace JoChat.Actors.Tests;

/// <summary>How long a test waits for what must come: long enough for a loaded machine, and no verdict hangs on it.
/// </summary>
internal static class Patience
{
    /// <summary>For a <see cref="TestKit"/>, whose own is three seconds, and five for its start.</summary>
    public const string Configuration = """
        akka.test { single-expect-default = 60s, startup-timeout = 60s }

        """;
}
