using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache;

/// <summary>The objects beside nodes and pods as the server lists them once, each kind when it is first asked for; what may not be read counts as absent.</summary>
internal sealed class ListedObjects(IKubernetesApi api) : IClusterObjects
{
    private readonly Dictionary<Type, object> kinds = [];

    public long SelectorsVersion => 0;

    public T? Find<T>(string ns, string name)
        where T : class, IApiObject<T> => Of<T>().GetValueOrDefault(new ObjectKey(ns, name));

    public IEnumerable<T> All<T>()
        where T : class, IApiObject<T> => Of<T>().Values;

    private Dictionary<ObjectKey, T> Of<T>()
        where T : class, IApiObject<T>
    {
        if (!kinds.TryGetValue(typeof(T), out var known))
        {
            kinds.Add(typeof(T), known = Read<T>());
        }

        return (Dictionary<ObjectKey, T>)known;
    }

    private Dictionary<ObjectKey, T> Read<T>()
        where T : class, IApiObject<T>
    {
        try
        {
            return api.List<T>().ToDictionary(o => ObjectKey.Of(o));
        }
        catch (ApiException refused) when (refused.Code is 403 or 404)
        {
            return [];
        }
    }
}
