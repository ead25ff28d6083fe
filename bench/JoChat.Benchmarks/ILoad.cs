namespace JoChat.Benchmarks;

/// <summary>The same work, done by actors and by channels.</summary>
internal interface ILoad
{
    /// <summary>How many operations one run does.</summary>
    int Operations { get; }

    Task RunOnActors();

    Task RunOnChannels();
}
