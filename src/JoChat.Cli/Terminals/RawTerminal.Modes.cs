using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>What the terminal is told to do, and that it is as it was at every end.</summary>
internal sealed partial class RawTerminal
{
    private const string TellPastes = "\e[?2004h", TellPastesNoMore = "\e[?2004l";
    private const string TellFocus = "\e[?1004h", TellFocusNoMore = "\e[?1004l";

    // For the end alone: a terminal that takes no output must not keep the process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool _isRaw, _isSuspended, _isClosed;
    private bool? _isLookedAt; // null as long as the terminal has told nothing

    /// <summary>Whether the terminal is given back after each line, because others use it meanwhile.</summary>
    public bool IsTemporary { get; init; }

    // Whether the screen is somebody else's.
    private bool IsAway => _isSuspended || _isClosed;

    /// <summary>Opens a terminal and its keyboard.</summary>
    /// <param name="device">The terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ink">Colours the marks in the line.</param>
    /// <param name="isTemporary">See <see cref="IsTemporary"/>; then standard error is the screen.</param>
    public static RawTerminal Open(ITerminalDevice device, TimeProvider time, Ink ink, bool isTemporary)
    {
        RawTerminal? terminal = null;
        // The keyboard is read only once a line is asked for, and then the terminal is there.
        var pump = new KeyPump(device.Read, key => terminal!.Intercept(key), time, isOnDemand: isTemporary);
        var screen = device.OpenScreen(isError: isTemporary);
        terminal = new RawTerminal(new KeyReader(pump.Batches, time, pump.Demand), device, screen, time, ink)
        {
            IsTemporary = isTemporary,
        };
        device.Resized += terminal.Redraw;
        device.Continued += terminal.Resume;
        return terminal;
    }

    /// <inheritdoc/>
    public void Close()
    {
        var isMine = _gate.TryEnter(Patience);
        try
        {
            if (!_isClosed && isMine)
            {
                if (IsPromptShown) { Print("\r\n"); }
                LeaveRaw();
            }
            _isClosed = true;
            device.Restore();
        }
        finally
        {
            if (isMine) { _gate.Exit(); }
        }
    }

    /// <summary>Takes the keys that have their effect at once, even while nothing is asked.</summary>
    /// <returns>Whether it was one.</returns>
    public bool Intercept(KeyStroke key)
    {
        if (key.Code is KeyCode.FocusGained or KeyCode.FocusLost)
        {
            lock (_gate) { _isLookedAt = key.Code == KeyCode.FocusGained; }
        }
        else if (key.IsControl("z")) { Suspend(); }
        else if (key.IsControl("\\")) { device.Interrupt(isQuit: true); }
        else if (key.IsControl("c") && !IsAsking()) { device.Interrupt(isQuit: false); }
        else { return false; }
        return true;
    }

    /// <summary>Draws the line anew: the size has changed.</summary>
    public void Redraw()
    {
        lock (_gate)
        {
            _screenful++;
            if (IsPromptShown) { Print(EraseBelow + Picture()); }
        }
    }

    /// <summary>Takes the terminal again: the process goes on.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_isClosed || !(_isRaw || _isSuspended)) { return; }
            _screenful++;
            _isRaw = false;
            _isSuspended = true;
            EnterRaw();
            if (IsPromptShown) { Print(Picture()); }
        }
    }

    private bool IsAsking()
    {
        lock (_gate) { return _asking is not null; }
    }

    private void Suspend()
    {
        lock (_gate)
        {
            if (IsPromptShown) { Print("\r\n"); }
            LeaveRaw();
            _isSuspended = true;
        }
        device.Stop();
        lock (_gate)
        {
            if (_isSuspended) { Resume(); } // or it has been already
        }
    }

    private void EnterRaw()
    {
        if (_isRaw || _isClosed || !device.TrySetRaw()) { return; }
        (_isRaw, _isSuspended) = (true, false);
        Print(IsTemporary ? TellPastes : TellPastes + TellFocus);
    }

    private void LeaveRaw()
    {
        if (!_isRaw) { return; }
        _isRaw = false;
        Print(IsTemporary ? TellPastesNoMore : TellPastesNoMore + TellFocusNoMore);
        device.Restore();
    }
}
