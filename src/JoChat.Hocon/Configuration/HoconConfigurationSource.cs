using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon;

/// <summary>A HOCON file, with what it includes, as a layer of configuration.</summary>
public sealed class HoconConfigurationSource : FileConfigurationSource
{
    /// <summary>Gives the value of an environment variable, or null if it is not set, for the substitutions whose path
    /// has no value in the file.</summary>
    public Func<string, string?> Environment { get; set; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Whether unquoted on, yes, off and no become True and False, as the binder needs them. A textual
    /// setting whose value may be such a word must then be quoted.</summary>
    public bool UnquotedSwitches { get; set; } = true;

    /// <summary>Whether hyphens are dropped from unquoted keys, so that <c>max-message-size</c> binds to
    /// <c>MaxMessageSize</c>.</summary>
    public bool StripHyphens { get; set; } = true;

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new HoconConfigurationProvider(this);
    }
}
