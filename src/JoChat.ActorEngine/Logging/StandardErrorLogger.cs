namespace JoChat.ActorEngine;

/// <summary>Writes log events to standard error.</summary>
internal sealed class StandardErrorLogger(LogLevel level)
{
    public void Write(LogEvent log)
    {
        if (log.LogLevel() >= level) { Console.Error.WriteLine(log); }
    }
}
