#nullable disable annotations
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace JoChat.ActorEngine;

/// <summary>Where an actor stands in the tree of its system, as in <c>akka://jochat/user/sessions/$a</c>.</summary>
/// <remarks>Equality and order look at the text only; <see cref="Uid"/> tells incarnations apart.</remarks>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    /// <summary>The last element; <c>/</c> for the root.</summary>
    public string Name { get; }

    /// <summary>Number of the incarnation, unique in the process; 0 where none is known.</summary>
    public long Uid { get; }

    /// <summary>The system the path belongs to.</summary>
    public abstract Address Address { get; }

    /// <summary>The path above; the root is its own parent.</summary>
    public abstract ActorPath Parent { get; }

    /// <summary>The topmost path.</summary>
    public abstract ActorPath Root { get; }

    /// <summary>The names from the top down, without the root.</summary>
    public abstract IReadOnlyList<string> Elements { get; }

    /// <summary>The path of a child by that name, of no known incarnation.</summary>
    /// <param name="path">The parent.</param>
    /// <param name="name">A valid element.</param>
    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, 0);

    /// <summary>Whether both have the same text.</summary>
    /// <param name="left">May be null.</param>
    /// <param name="right">May be null.</param>
    public static bool operator ==(ActorPath left, ActorPath right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the texts differ.</summary>
    /// <param name="left">May be null.</param>
    /// <param name="right">May be null.</param>
    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    /// <summary>Whether an actor may have this name: ASCII letters, digits, <c>-_.*$+:@&amp;=,!~';()"</c> or
    /// <c>%hh</c>;
    /// not empty, and not starting with <c>$</c>, which marks generated names.</summary>
    /// <param name="s">May be null.</param>
    public static bool IsValidPathElement(string s) => ActorNames.IsValid(s);

    /// <summary>Reads <c>akka://system/element/element</c>.</summary>
    /// <param name="path">The text.</param>
    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"\"{path}\" is not an actor path.");

    /// <summary>Reads <c>akka://system/element/element</c>.</summary>
    /// <param name="path">The text; may be null.</param>
    /// <param name="actorPath">The path, or null.</param>
    /// <returns>Whether the text is an actor path.</returns>
    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        if (path is null) { return false; }
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0) { return false; }

        var parts = path[(scheme + 3)..].Split('/');
        if (parts[0].Length == 0) { return false; }

        ActorPath result = new RootActorPath(new Address(path[..scheme], parts[0]));
        foreach (var element in parts.Skip(1).Where(part => part.Length > 0))
        {
            var hash = element.IndexOf('#', StringComparison.Ordinal);
            var uid = 0L;
            if (hash >= 0 && !long.TryParse(element.AsSpan(hash + 1), CultureInfo.InvariantCulture, out uid))
            {
                return false;
            }

            result = new ChildActorPath(result, hash < 0 ? element : element[..hash], uid);
        }

        actorPath = result;
        return true;
    }

    /// <summary>The text without the system: <c>/user/sessions</c>.</summary>
    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);

    /// <inheritdoc/>
    public override string ToString() => Address + ToStringWithoutAddress();

    /// <inheritdoc/>
    public abstract bool Equals(ActorPath other);

    /// <inheritdoc/>
    public sealed override bool Equals(object obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => HashCode.Combine(Name, Elements.Count);

    /// <inheritdoc/>
    [SuppressMessage("Globalization", "CA1310", Justification = "Ordinal comparison is asked for.")]
    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());
}

internal sealed class RootActorPath(Address address) : ActorPath("/", 0)
{
    public override Address Address { get; } = address;

    public override ActorPath Parent => this;

    public override ActorPath Root => this;

    public override IReadOnlyList<string> Elements => [];

    public override bool Equals(ActorPath other) => other is RootActorPath root && root.Address == Address;
}

internal sealed class ChildActorPath(ActorPath parent, string name, long uid) : ActorPath(name, uid)
{
    public override Address Address => Parent.Address;

    public override ActorPath Parent { get; } = parent;

    public override ActorPath Root => Parent.Root;

    public override IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new List<string>();
            for (ActorPath path = this; path is ChildActorPath; path = path.Parent) { elements.Add(path.Name); }
            elements.Reverse();
            return elements;
        }
    }

    public override bool Equals(ActorPath other)
    {
        if (ReferenceEquals(this, other)) { return true; }
        return other is ChildActorPath child && child.Name == Name && child.Parent.Equals(Parent);
    }
}
