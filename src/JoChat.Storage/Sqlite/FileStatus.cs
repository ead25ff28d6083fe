using System.Runtime.InteropServices;

namespace JoChat.Storage;

/// <summary>What Linux knows of a file: some of the fields of struct statx, which is the same on all processors.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    private const int TypeBits = 0xF000, RegularFile = 0x8000; // S_IFMT, S_IFREG

    [FieldOffset(16)] private readonly uint _links;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(136)] private readonly uint _deviceMajor;
    [FieldOffset(140)] private readonly uint _deviceMinor;

    /// <summary>How many names it has; 0 once it is deleted.</summary>
    public uint Links => _links;

    public bool IsRegular => (_mode & TypeBits) == RegularFile;

    /// <summary>What tells it from every other file that exists, open ones without a name included.</summary>
    public (uint, uint, ulong) Identity => (_deviceMajor, _deviceMinor, _inode);
}
