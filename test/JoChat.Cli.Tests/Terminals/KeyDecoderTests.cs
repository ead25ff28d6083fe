using System.Text;
using JoChat.Cli.Terminals;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>Bytes in, keys out, however the bytes are split.</summary>
public sealed class KeyDecoderTests
{
    public static TheoryData<string, string> Sequences => new()
    {
        { "a", "Character a" },
        { "é你😀", "Character é, Character 你, Character 😀" },
        { "\r", "Enter" },
        { "\n", "Enter" },
        { "\r\n", "Enter" },
        { "\r\r", "Enter, Enter" },
        { "\t", "Tab" },
        { "\x7f", "Backspace" },
        { "\x01", "Character a Control" },
        { "\x1a", "Character z Control" },
        { "\x1c", "Character \\ Control" },
        { "\e[A", "Up" },
        { "\eOA", "Up" },
        { "\e[1;5C", "Right Control" },
        { "\e[1;3D", "Left Alt" },
        { "\eOd", "Left Control" }, // rxvt
        { "\e\e[C", "Right Alt" },
        { "\e[H", "Home" },
        { "\eOH", "Home" },
        { "\e[1~", "Home" },
        { "\e[7~", "Home" },
        { "\e[F", "End" },
        { "\e[4~", "End" },
        { "\e[8$", "End Shift" },
        { "\e[3~", "Delete" },
        { "\e[3;5~", "Delete Control" },
        { "\e[Z", "Tab Shift" },
        { "\eb", "Character b Alt" },
        { "\eé", "Character é Alt" },
        { "\e\x7f", "Backspace Alt" },
        { "\e\r", "Enter Alt" },
        { "\e[13;3u", "Enter Alt" },
        { "\e[27;5;114~", "Character r Control" },
        { "\e[I", "FocusGained" },
        { "\e[O", "FocusLost" },
        { "\e[24;80R", "Unknown" },
        { "\e[[A", "Unknown" }, // F1 of the Linux console
        { "\e[M !!x", "Unknown, Character x" }, // a mouse of old
        { "\e[<0;10;10Mx", "Unknown, Character x" },
        { "\e[?1;2cx", "Unknown, Character x" },
        { "\e[200~a\r\nb\tc\rd\0\e[5m\u009B\e[201~x", "Paste a\nb\tc\nd[5m, Character x" },
        { "\e[200~\e[201\e[201~", "Paste [201" },
        { "\u0085", "Unknown" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Keys_are_told_by_their_sequences(string typed, string keys)
    {
        Assert.Equal(keys, Names(new KeyDecoder().Decode(Encoding.UTF8.GetBytes(typed))));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_may_be_split_anywhere(string typed, string keys)
    {
        var bytes = Encoding.UTF8.GetBytes(typed);
        for (var split = 1; split < bytes.Length; split++)
        {
            var decoder = new KeyDecoder();
            KeyStroke[] decoded = [.. decoder.Decode(bytes.AsSpan(0, split)), .. decoder.Decode(bytes.AsSpan(split))];

            // An escape at the end of a read may be the key, and a newline behind a return then was pressed.
            var expected = typed switch
            {
                "\r\n" => "Enter, Enter",
                "\e\r" => "Enter",
                "\e\x7f" => "Backspace",
                _ => keys,
            };
            Assert.Equal(expected, Names([.. decoded.Where(key => key.Code != KeyCode.Escape)]));
        }
    }

    [Fact]
    public void Escape_alone_is_a_key_and_still_begins_what_follows()
    {
        var decoder = new KeyDecoder();

        Assert.Equal("Escape", Names(decoder.Decode("\e"u8)));
        Assert.Equal("Up", Names(decoder.Decode("[A"u8)));
    }

    [Theory]
    [InlineData("61 FF 62", "Character a, Malformed, Character b")]
    [InlineData("C3 28", "Malformed, Character (")]
    [InlineData("ED A0 80", "Malformed, Malformed, Malformed")] // half a surrogate pair
    [InlineData("C0 AF", "Malformed, Malformed")] // a slash in two bytes
    [InlineData("E2 82 0D", "Malformed, Enter")]
    [InlineData("1B 5B 32 30 30 7E 61 FF 62 1B 5B 32 30 31 7E", "Paste ab, Malformed")]
    public void Bytes_that_are_no_text_never_become_text(string hex, string keys)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(keys, Names(new KeyDecoder().Decode(bytes)));
    }

    [Fact]
    public void A_report_is_left_out_whole_and_a_key_of_its_beginning_still_counts()
    {
        Assert.Equal("Character x", Names(new KeyDecoder().Decode("\e]11;rgb:0000/0000/0000\ax"u8)));
        Assert.Equal(
            "Character \\ Alt, Character x", Names(new KeyDecoder().Decode("\e]11;rgb:0000/0000/0000\e\\x"u8)));
        Assert.Equal("Character ] Alt", Names(new KeyDecoder().Decode("\e]"u8)));
    }

    [Fact]
    public void A_huge_paste_is_counted_and_not_kept()
    {
        var decoder = new KeyDecoder();
        decoder.Decode("\e[200~"u8);
        for (var count = 0; count < 1000; count++) { decoder.Decode(new byte[1000]); }

        var key = Assert.Single(decoder.Decode("\e[201~"u8));

        Assert.Equal((KeyCode.HugePaste, 1_000_000), (key.Code, key.PastedBytes));
    }

    [Fact]
    public void A_paste_that_never_ends_is_given_up_with_control_c()
    {
        var decoder = new KeyDecoder();
        Assert.Empty(decoder.Decode("\e[200~/quit\r\x03and"u8)); // a part of the paste

        Assert.Empty(decoder.Decode("\x03"u8));

        Assert.Equal("Character x", Names(decoder.Decode("x"u8)));
    }

    [Fact]
    public void Random_bytes_never_throw_nor_become_replacement_characters()
    {
        var random = new Random(12);
        var decoder = new KeyDecoder();
        var bytes = new byte[16];
        for (var count = 0; count < 20_000; count++)
        {
            random.NextBytes(bytes);
            if (count % 3 == 0) { "\e["u8.CopyTo(bytes); }
            Assert.DoesNotContain(decoder.Decode(bytes), key => key.Text.Contains('\uFFFD', StringComparison.Ordinal));
        }
    }

    private static string Names(KeyStroke[] keys) => string.Join(", ", keys.Select(key => string.Join(
        ' ',
        new[] { key.Code.ToString(), key.Text, key.Modifiers == 0 ? "" : key.Modifiers.ToString() }
            .Where(part => part.Length > 0))));
}
