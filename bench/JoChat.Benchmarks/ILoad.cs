namespace JoChat.Benchmarks;

/// <summary>The same work, done by actors and by channels.</summary>
internal interface ILoad
{
    /// <summary>How many operations one run does.</summary>
    int Operations { get; }

    Task RunOnActors();

    Task RunOnChannels();

    /// <summary>Takes down what a run has built; not counted.</summary>
    Task CleanUp() => Task.CompletedTask;
}
