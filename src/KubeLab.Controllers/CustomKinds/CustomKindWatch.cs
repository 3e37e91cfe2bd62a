using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Client.Informing;

namespace KubeLab.Controllers.CustomKinds;

/// <summary>Knows which kinds of users' own are served, and tells when one comes or goes.</summary>
/// <remarks>Upstream's controllers ask discovery every half minute; here they follow the definitions themselves.</remarks>
internal sealed class CustomKindWatch
{
    private readonly SortedDictionary<string, CustomKindResources> known = new(StringComparer.Ordinal);

    public CustomKindWatch(InformerFactory informers)
    {
        var definitions = informers.For<CustomResourceDefinition>();
        definitions.Added += Look;
        definitions.Updated += (_, definition) => Look(definition);
        definitions.Deleted += definition => Forget(definition.Metadata.Name!);
    }

    /// <summary>Called when a kind is served, or is served otherwise than before.</summary>
    public event Action<CustomKindResources>? Appeared;

    /// <summary>Called when a kind is not served any more, or not as it was.</summary>
    public event Action<CustomKindResources>? Disappeared;

    /// <summary>The resources of all kinds, one version each.</summary>
    public IEnumerable<ApiResource> Resources => known.Values.Select(k => k.Preferred);

    private void Look(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name!;
        var now = CustomKindResources.Of(definition);
        if (known.TryGetValue(name, out var before))
        {
            if (before.IsSameAs(now))
            {
                return;
            }

            Forget(name);
        }

        if (now is not null)
        {
            known.Add(name, now);
            Appeared?.Invoke(now);
        }
    }

    private void Forget(string name)
    {
        if (known.Remove(name, out var gone))
        {
            Disappeared?.Invoke(gone);
        }
    }
}
