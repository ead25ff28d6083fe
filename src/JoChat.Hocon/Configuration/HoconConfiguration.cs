using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon;

/// <summary>The settings of one HOCON text, each with its place.</summary>
internal sealed class HoconConfiguration : ConfigurationProvider, IConfigurationSource
{
    private readonly Dictionary<string, HoconPosition> _positions;

    public HoconConfiguration(HoconFlattener flattened)
    {
        Data = flattened.Data;
        _positions = flattened.Positions;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Where a setting stands in the text; null if it is not there.</summary>
    public HoconPosition? FindPosition(string key) => _positions.TryGetValue(key, out var position) ? position : null;
}
