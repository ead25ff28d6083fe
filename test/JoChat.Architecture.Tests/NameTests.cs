using System.Runtime.CompilerServices;

namespace JoChat.Architecture.Tests;

/// <summary>One name, one type.</summary>
public sealed class NameTests
{
    [Fact]
    public void No_two_types_have_the_same_name()
    {
        var types = RoomTests.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Where(type => type.Namespace?.StartsWith("JoChat", StringComparison.Ordinal) is true);

        var shared = types.GroupBy(type => type.Name).Where(same => same.Count() > 1).SelectMany(same => same);
        Assert.Equal("", string.Join(", ", shared));
    }
}
