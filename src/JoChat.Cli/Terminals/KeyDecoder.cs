using System.Buffers;
using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>Reads keys from the bytes of a terminal. It needs no timer: Escape before a key is Alt.</summary>
/// <remarks>The sequences are those of ECMA-48 and of xterm (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
/// A sequence without a meaning is left out whole; bytes that are no UTF-8 are told as such and never become text.
/// </remarks>
internal sealed class KeyDecoder
{
    private const byte Interrupt = 0x03, Bell = 0x07, Escape = 0x1B, Delete = 0x7F;
    private const int LongestSequence = 64; // bytes that are kept of one; more has no meaning here
    private const int LongestReport = 4096; // bytes; a person who typed its beginning is not swallowed for ever

    private readonly List<KeyStroke> _keys = [];
    private readonly List<byte> _character = [];
    private readonly StringBuilder _sequence = new();
    private PasteDecoder? _paste;
    private State _state;
    private bool _isAlt, _wasReturn, _isEscapeTold;
    private int _skipped;

    private enum State
    {
        Ground,
        Escape,
        Sequence, // ESC [
        Function, // ESC O
        Report, // ESC ] and the like, up to BEL or ESC \
        Skipping, // bytes that belong to a sequence
    }

    /// <summary>Takes what one read gave.</summary>
    /// <returns>The keys that are complete; part of one is kept for the next read.</returns>
    public KeyStroke[] Decode(ReadOnlySpan<byte> bytes)
    {
        _wasReturn = false;
        // Terminals leave it out of what they paste: somebody gives up a paste whose end never came.
        if (_paste is not null && bytes is [Interrupt])
        {
            _paste = null;
            return [];
        }
        for (var index = 0; index < bytes.Length; index++)
        {
            if (_paste is not null) { Paste(bytes[index]); }
            else { Take(bytes[index], isLast: index == bytes.Length - 1); }
        }
        KeyStroke[] decoded = [.. _keys];
        _keys.Clear();
        return decoded;
    }

    private void Take(byte value, bool isLast)
    {
        switch (_state)
        {
            case State.Escape: AfterEscape(value, isLast); break;
            case State.Sequence: InSequence(value, isLast); break;
            case State.Function: InFunction(value, isLast); break;
            case State.Report: InReport(value, isLast); break;
            case State.Skipping: _state = --_skipped > 0 ? State.Skipping : State.Ground; break;
            default: OnGround(value, isLast); break;
        }
    }

    private void OnGround(byte value, bool isLast)
    {
        var followsReturn = _wasReturn;
        _wasReturn = false;
        if (_character.Count > 0 || value >= 0x80)
        {
            InCharacter(value, isLast);
            return;
        }
        switch (value)
        {
            case Escape:
                _state = State.Escape;
                // It may be the key alone; if it was the beginning of a sequence, that still counts.
                _isEscapeTold = isLast;
                if (isLast) { Add(new KeyStroke(KeyCode.Escape)); }
                break;
            case (byte)'\r':
                Add(new KeyStroke(KeyCode.Enter));
                _wasReturn = true;
                break;
            case (byte)'\n' when followsReturn: break; // one end of a line, in two bytes
            case (byte)'\n': Add(new KeyStroke(KeyCode.Enter)); break;
            case (byte)'\t': Add(new KeyStroke(KeyCode.Tab)); break;
            case (byte)'\b' or Delete: Add(new KeyStroke(KeyCode.Backspace)); break;
            case >= 1 and < 0x20: Add(Controlled((char)(value + (value <= 26 ? 'a' - 1 : '@')))); break;
            case 0: Add(new KeyStroke(KeyCode.Unknown)); break;
            default: Add(new KeyStroke(KeyCode.Character, ((char)value).ToString())); break;
        }
    }

    private static KeyStroke Controlled(char letter) => new(KeyCode.Character, letter.ToString(), KeyModifiers.Control);

    private void InCharacter(byte value, bool isLast)
    {
        _character.Add(value);
        Span<byte> pending = [.. _character];
        switch (Rune.DecodeFromUtf8(pending, out var rune, out var used))
        {
            case OperationStatus.NeedMoreData: return;
            case OperationStatus.Done:
                _character.Clear();
                Add(Rune.IsControl(rune) ? new KeyStroke(KeyCode.Unknown) : new KeyStroke(KeyCode.Character, rune.ToString()));
                return;
        }
        _character.Clear();
        _isAlt = false;
        Add(new KeyStroke(KeyCode.Malformed));
        foreach (var rest in pending[used..]) { OnGround(rest, isLast); }
    }

    private void AfterEscape(byte value, bool isLast)
    {
        _sequence.Clear();
        switch (value)
        {
            case (byte)'[': _state = State.Sequence; break;
            case (byte)'O': _state = State.Function; break;
            case (byte)']' or (byte)'P' or (byte)'^' or (byte)'_' when !isLast: // else Alt and that key
                _skipped = 0;
                _state = State.Report;
                break;
            case Escape: _isAlt = true; break; // some terminals send Alt so, before a sequence
            default:
                // Escape and then Enter are two keys, if they did not come together.
                _isAlt = !_isEscapeTold || value is >= 0x20 and not Delete;
                _state = State.Ground;
                OnGround(value, isLast);
                break;
        }
    }

    private void InSequence(byte value, bool isLast)
    {
        if (value < 0x20 || value >= Delete)
        {
            Break(value, isLast);
            return;
        }
        if (_sequence.Length < LongestSequence) { _sequence.Append((char)value); }
        var text = _sequence.ToString();
        // A Linux console's function keys are ESC [ [ A; rxvt ends some with a dollar sign.
        if (text is "[" || (value is < 0x40 && !(value == '$' && text.Length > 1))) { return; }
        _state = State.Ground;
        if (text is "M") { Skip(3); } // a mouse's report of old, with its place
        if (text is "200~") { _paste = new PasteDecoder(); }
        else { Add(text.StartsWith('[') ? new KeyStroke(KeyCode.Unknown) : KeySequences.Find(text)); }
    }

    private void InFunction(byte value, bool isLast)
    {
        if (value is < 0x20 or >= Delete)
        {
            Break(value, isLast);
            return;
        }
        _sequence.Append((char)value);
        if (char.IsAsciiDigit((char)value) && _sequence.Length < LongestSequence) { return; } // a modifier
        _state = State.Ground;
        Add(KeySequences.FindFunction(_sequence.ToString()));
    }

    private void InReport(byte value, bool isLast)
    {
        if (value == Bell || ++_skipped == LongestReport) { _state = State.Ground; }
        else if (value < 0x20) { Break(value, isLast); } // its end is ESC \, of which the rest is a key of no meaning
    }

    private void Skip(int bytes) => (_state, _skipped) = (State.Skipping, bytes);

    // What is no part of a sequence ends it.
    private void Break(byte value, bool isLast)
    {
        _isAlt = false;
        _state = State.Ground;
        OnGround(value, isLast);
    }

    private void Paste(byte value)
    {
        if (!_paste!.Take(value)) { return; }
        Add(_paste.ToKey(out var isMalformed));
        if (isMalformed) { Add(new KeyStroke(KeyCode.Malformed)); }
        _paste = null;
    }

    private void Add(KeyStroke key)
    {
        _keys.Add(_isAlt ? key with { Modifiers = key.Modifiers | KeyModifiers.Alt } : key);
        _isAlt = false;
    }
}
