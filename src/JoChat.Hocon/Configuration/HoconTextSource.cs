using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon;

/// <summary>A HOCON text as a layer of configuration.</summary>
internal sealed class HoconTextSource(string text, HoconOptions? options) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(text, options);

    private sealed class Provider(string text, HoconOptions? options) : ConfigurationProvider
    {
        public override void Load() =>
            Data = HoconFlattener.Flatten(HoconRoot.Parse(text, options), unquotedSwitches: true, stripHyphens: true);
    }
}
