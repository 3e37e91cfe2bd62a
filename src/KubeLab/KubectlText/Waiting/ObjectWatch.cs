using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Waiting;

/// <summary>Follows one object until something is so, as <c>wait</c>, <c>rollout status</c> and <c>delete</c> do.</summary>
internal static class ObjectWatch
{
    /// <summary>Shows the object as it is now and after each change; a missing object is shown as absent.</summary>
    /// <param name="session">The run.</param>
    /// <param name="info">The object.</param>
    /// <param name="limit">How long at the most, in the cluster's time.</param>
    /// <param name="isDone">Called with each state; true ends the watch.</param>
    /// <returns>Whether it ended in time.</returns>
    public static bool Until(Session session, Info info, TimeSpan limit, Func<Json, bool> isDone)
    {
        var until = session.Host.Now + limit;
        while (true)
        {
            var query = new Query().With("fieldSelector", $"metadata.name={info.Name}");
            var list = new Json(session.Api.Get(info.Resource.Path(info.Namespace) + query.ToString()));
            var found = list["items"][0];
            if (isDone(found.Node is { } node ? Finder.Typed(node, info.Resource) : null))
            {
                return true;
            }

            if (session.Host.Now >= until)
            {
                return false;
            }

            query.With("resourceVersion", list["metadata"]["resourceVersion"].Text).With("watch", "true");
            using var events = new EventStream(session.Host, new("GET", info.Resource.Path(info.Namespace) + query, MediaTypes.Json));
            while (events.TryNext(until, out var type, out var obj))
            {
                if (isDone(type == "DELETED" ? default : obj))
                {
                    return true;
                }
            }

            // The server may end a watch long before the limit; then it is asked again.
            if (session.Host.Now >= until)
            {
                return false;
            }
        }
    }
}
