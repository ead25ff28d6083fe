namespace JoChat.EndToEnd.Tests;

/// <summary>A test that needs Python 3; without it the test is skipped and says how to get it.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "python3"))))
        {
            Skip = "Needs python3: apt-get install python3";
        }
    }
}
