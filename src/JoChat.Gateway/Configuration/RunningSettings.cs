using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>The settings by which the server runs. Some of them may change meanwhile, all at once. Thread-safe for who reads
/// them; one may change them at a time.</summary>
internal sealed class RunningSettings
{
    private volatile Settings _current;

    /// <summary>Begins with what was read at the start.</summary>
    public RunningSettings(Settings first)
    {
        _current = first;
        Changeable = new Changeable<Settings>(() => _current);
    }

    /// <summary>Those that count now.</summary>
    public Settings Current => _current;

    /// <summary>The same, for who goes by them.</summary>
    public Changeable<Settings> Changeable { get; }

    /// <summary>Has these count from now on.</summary>
    public void Change(Settings next) => _current = next;
}
