using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.CustomResources.Serving;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Watching;

namespace KubeLab.ApiServer.CustomResources.Controlling;

/// <summary>Serves the kinds of the definitions that are there, each version with what its definition says now.</summary>
/// <remarks>
/// When a definition changes, the watches of its kind end and clients list again, as upstream's do when it tears the old storage down. A built-in
/// resource is never replaced.
/// </remarks>
internal sealed class KindRegistrar(ResourceTable table, ObjectStores stores, WatchHub hub)
{
    private readonly Dictionary<string, Served> served = new(StringComparer.Ordinal);

    /// <summary>Serves what <paramref name="definition"/> asks for, once its names are accepted.</summary>
    public void Sync(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name!;
        var isServed = definition.Status.Is("NamesAccepted") || definition.Status.Is("Established");
        var wish = new Wish(definition.Metadata.Uid!, definition.Spec, definition.Status.AcceptedNames);
        var isTerminating = definition.Metadata.DeletionTimestamp is not null;
        if (served.TryGetValue(name, out var now) && isServed && now.Wish == wish)
        {
            now.Kinds.ForEach(k => k.IsTerminating = isTerminating);
            return;
        }

        Remove(name);
        if (isServed)
        {
            var kinds = definition.Spec.Versions.Where(v => v.Served).Select(v => new CustomKind(definition, v) { IsTerminating = isTerminating }).Where(IsFree).ToList();
            kinds.ForEach(Add);
            served.Add(name, new Served(wish, kinds));
        }
    }

    /// <summary>Serves the kind of the definition <paramref name="name"/> no longer.</summary>
    public void Remove(string name)
    {
        if (served.Remove(name, out var gone))
        {
            foreach (var kind in gone.Kinds)
            {
                table.Remove(kind);
                stores.Remove(kind);
                hub.Remove(kind);
            }
        }
    }

    /// <summary>The names of the definitions that it serves.</summary>
    public IReadOnlyList<string> Names => [.. served.Keys];

    /// <summary>One of the kinds that the definition <paramref name="name"/> makes; null when none is served.</summary>
    public CustomKind? KindOf(string name) => served.TryGetValue(name, out var now) ? now.Kinds.FirstOrDefault() : null;

    private bool IsFree(CustomKind kind) =>
        table.Find(kind.Resource.Group, kind.Resource.Version, kind.Resource.Plural) is null && table.FindKind(kind.Resource.ApiVersion, kind.Resource.Kind) is null;

    private void Add(CustomKind kind)
    {
        table.Add(kind);
        stores.Add(kind);
        hub.Add(kind);
    }

    private sealed record Served(Wish Wish, List<CustomKind> Kinds);

    private sealed record Wish(string Uid, CustomResourceDefinitionSpec Spec, CustomResourceDefinitionNames Names);
}
