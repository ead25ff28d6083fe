#!/usr/bin/python3
"""Writes UnicodeTables.cs from ICU's data, which is that of https://www.unicode.org/reports/tr24/ (scripts) and
https://www.unicode.org/reports/tr39/#Confusable_Detection. Needs Debian's python3-icu; run it in this folder."""
import textwrap
import icu

OTHERS = {"Zyyy", "Zinh"}  # common and inherited: of every script
NEVER_IN_NAMES = {0, 12, 13, 14, 15, 16, 17, 18}  # not assigned, separators, control, format, private use, surrogates
NFD = icu.Normalizer2.getNFDInstance()
CHECKER = icu.SpoofChecker()


def scripts_of(character):
    names = {icu.Script(number).getShortName() for number in icu.Script.getScriptExtensions(character)}
    return "" if names & OTHERS else "+".join(sorted(names))


def skeleton_of(character):
    skeleton = CHECKER.getSkeleton(0, character)
    is_itself = skeleton == character or NFD.normalize(character) != character
    return "" if is_itself else "+".join(f"{ord(c):X}" for c in skeleton)


def table(value_of):
    """Each value with the ranges of characters that have it."""
    ranges, last_value = {}, ""
    for point in range(0x110000):
        character = chr(point)
        value = "" if icu.Char.charType(character) in NEVER_IN_NAMES else value_of(character)
        if value and value == last_value:
            ranges[value][-1][1] = point
        elif value:
            ranges.setdefault(value, []).append([point, point])
        last_value = value
    entries = (value + "=" + ",".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in found)
               for value, found in ranges.items())
    text = "; ".join(entry.replace(",", ", ") for entry in entries)
    lines = textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)
    return '"""\n' + "".join(f"        {line}\n" for line in lines) + '        """'


with open("UnicodeTables.cs", "w", encoding="utf-8") as file:
    file.write(f"""// Made by generate.py of Unicode {icu.UNICODE_VERSION}. © Unicode, Inc., https://www.unicode.org/terms_of_use.html
namespace JoChat.Protocol;

/// <summary>What .NET does not know of characters. An entry is a value, <c>=</c>, and the characters and ranges of them
/// that have it.</summary>
internal static class UnicodeTables
{{
    /// <summary>The scripts in which a character is used; none if in all of them.</summary>
    public const string Scripts = {table(scripts_of)};

    /// <summary>What stands for all characters that look like a character.</summary>
    public const string Prototypes = {table(skeleton_of)};
}}
""")
