using System.Reflection;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace JoChat.Architecture.Tests;

/// <summary>What each project never does, as ARCHITECTURE.md says it.</summary>
public sealed class RoomTests
{
    private const string Sockets = @"System\.Net(\.|$)";
    private const string SocketsButTls = @"System\.Net($|\.(?!Security$))"; // certificates are judged, by a delegate of Akka's
    private const string Sql = @"(Microsoft\.Data|System\.Data|SQLitePCL|Npgsql)(\.|$)";
    private const string Export = @"OpenTelemetry(\.|$)";
    private const string Metrics = @"System\.Diagnostics\.Metrics(\.|$)|" + Export;
    private const string Actors = @"(JoChat\.Actors|Akka)(\.|$)";
    private const string Server = @"(JoChat\.(Actors|Gateway|Hocon|Storage)|Akka)(\.|$)";

    private static readonly Dictionary<string, string[]> References = new()
    {
        ["JoChat.Hocon"] = [],
        ["JoChat.Protocol"] = [],
        ["JoChat.Storage"] = [],
        ["JoChat.Storage.Postgres"] = ["JoChat.Storage"],
        ["JoChat.Link"] = [],
        ["JoChat.Actors"] = ["JoChat.Protocol", "JoChat.Storage"],
        ["JoChat.Cluster"] = ["JoChat.Actors", "JoChat.Link", "JoChat.Protocol", "JoChat.Storage"],
        ["jochat-gateway"] =
            ["JoChat.Actors", "JoChat.Cluster", "JoChat.Hocon", "JoChat.Protocol", "JoChat.Storage", "JoChat.Storage.Postgres"],
        ["JoChat.Client"] = ["JoChat.Protocol"],
        ["jochat"] = ["JoChat.Client", "JoChat.Hocon", "JoChat.Protocol"],
    };

    private static readonly ArchUnitNET.Domain.Architecture Source = new ArchLoader().LoadAssemblies(Assemblies).Build();

    internal static Assembly[] Assemblies => [.. References.Keys.Select(Assembly.Load)];

    public static TheoryData<string> Projects => [.. References.Keys];

    [Theory]
    [InlineData("JoChat.Hocon", @"JoChat\.(?!Hocon)")]
    [InlineData("JoChat.Protocol", @"System\.IO(\.|$)|System\.Threading\.Tasks|" + Sockets + "|" + Actors + "|" + Metrics)]
    [InlineData("JoChat.Storage", Sockets + "|" + Actors + "|" + Metrics + @"|Npgsql(\.|$)")]
    [InlineData("JoChat.Storage.Postgres", Sockets + "|" + Actors + "|" + Metrics + @"|(Microsoft\.Data|SQLitePCL)(\.|$)")]
    [InlineData("JoChat.Link", @"System\.IO(\.|$)|System\.Threading|" + Sockets + "|" + Actors + "|" + Sql + "|" + Metrics)]
    [InlineData("JoChat.Actors", Sockets + "|" + Sql + "|" + Export)]
    [InlineData("JoChat.Cluster", SocketsButTls + "|" + Sql + "|" + Export)]
    [InlineData("jochat-gateway", Sql)]
    [InlineData("JoChat.Client", Server)]
    [InlineData("jochat", Sockets + @"|(JoChat\.(Actors|Gateway|Storage)|Akka)(\.|$)")]
    public void No_type_uses_what_its_project_must_never_know(string project, string forbidden)
    {
        var unknown = Types(includeReferenced: true).That().ResideInNamespaceMatching($"^({forbidden})");

        Types().That().ResideInAssembly(Assembly.Load(project)).Should().NotDependOnAny(unknown).Check(Source);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_no_others_than_these(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(one => one.Name!)
            .Where(name => name.StartsWith("jochat", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(used.Except(References[project]));
    }
}
