using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.Controllers.Volumes;

/// <summary>Adds and removes one finalizer.</summary>
internal static class Finalizing
{
    /// <summary>Writes the object with or without <paramref name="finalizer"/>; one that is going gets no new one.</summary>
    public static void Set<T>(IKubernetesApi api, T obj, string finalizer, bool isKept, bool isGoing)
        where T : class, IApiObject<T>
    {
        var has = obj.Metadata.Finalizers.Exists(f => f == finalizer);
        if (has == isKept || (isKept && isGoing))
        {
            return;
        }

        var finalizers = isKept ? obj.Metadata.Finalizers.Add(finalizer) : obj.Metadata.Finalizers.Where(f => f != finalizer);
        api.Update(obj.WithMetadata(obj.Metadata with { Finalizers = finalizers }));
    }
}
