using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Objects that are made when somebody reads them; nothing is stored.</summary>
internal abstract class ComputedStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    /// <summary>All of them, or those of a namespace.</summary>
    public abstract ObjectList List(string? ns, ListOptions options);
}
