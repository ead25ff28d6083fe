namespace JoChat.Testing;

/// <summary>A test that mounts a file system; skipped where it may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(TryMount);

    public MountFactAttribute()
    {
        if (!CanMount.Value) { Skip = "needs the right to mount a file system, on Linux"; }
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) { return false; }
        using var folder = new TemporaryFolder();
        try
        {
            using var mounted = Mount.Memory(folder.Path, kibibytes: 64);
            return true;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false; // root in a container without that right, or no mount command
        }
    }
}
