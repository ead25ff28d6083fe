using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using JoChat.Actors;

namespace JoChat.Cluster.Tests;

/// <summary>All that an object says, as a text: records compare what they hold by reference, and print no secrets.
/// </summary>
internal static class Facts
{
    public static string Of(object? value) => new StringBuilder().Add(value).ToString();

    private static StringBuilder Add(this StringBuilder facts, object? value) => value switch
    {
        null => facts.Append("null"),
        string text => facts.Append('"').Append(text).Append('"'),
        ReadOnlyMemory<long> memory => facts.AddAll(memory.ToArray()),
        DateTimeOffset time => facts.Append(time.ToString("O", CultureInfo.InvariantCulture)),
        ClientAddress address => facts.Append(address).Append(address == default),
        IEnumerable values => facts.AddAll(values),
        IFormattable or bool => facts.Append(CultureInfo.InvariantCulture, $"{value}"),
        _ => facts.AddMembers(value),
    };

    private static StringBuilder AddAll(this StringBuilder facts, IEnumerable values)
    {
        facts.Append('[');
        foreach (var value in values) { facts.Add(value).Append(", "); }
        return facts.Append(']');
    }

    private static StringBuilder AddMembers(this StringBuilder facts, object value)
    {
        facts.Append(value.GetType().Name).Append(" { ");
        foreach (var member in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            facts.Append(member.Name).Append(": ").Add(member.GetValue(value)).Append(", ");
        }
        return facts.Append('}');
    }
}
