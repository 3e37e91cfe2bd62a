using KubeLab.Api;
using KubeLab.Api.Discovery;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>What has to be written so that a service's slices hold its endpoints, with as few writes as can be.</summary>
/// <param name="Create">New slices, each by its ports and endpoints.</param>
/// <param name="Update">Slices that change, as they are to be.</param>
/// <param name="Delete">Slices that nobody needs.</param>
/// <remarks>Upstream: reconcileByPortMapping in k8s.io/endpointslice: slices keep what is still wanted, changed slices are filled up first, then new ones are made.</remarks>
public sealed record SlicePlan(IReadOnlyList<SliceContent> Create, IReadOnlyList<EndpointSlice> Update, IReadOnlyList<EndpointSlice> Delete)
{
    /// <summary>The most endpoints in one slice.</summary>
    public const int EndpointsMax = 100;

    /// <summary>Compares what there is with what is wanted.</summary>
    /// <param name="existing">The service's slices that the controller manages.</param>
    /// <param name="wanted">The endpoints by the ports that they offer.</param>
    public static SlicePlan For(IReadOnlyList<EndpointSlice> existing, IReadOnlyList<SliceContent> wanted)
    {
        var (create, update, delete) = (new List<SliceContent>(), new List<EndpointSlice>(), new List<EndpointSlice>());
        foreach (var content in wanted)
        {
            Fill([.. existing.Where(s => s.Ports == content.Ports)], content, create, update, delete);
        }

        var obsolete = existing.Where(s => !wanted.Any(w => w.Ports == s.Ports)).ToList();
        if (create.Count > 0 || update.Count > 0 || existing.Count > obsolete.Count + delete.Count)
        {
            delete.AddRange(obsolete);
            return new SlicePlan(create, update, delete);
        }

        // A service that leads nowhere still has a slice, empty and without ports, so that readers see that somebody has looked.
        if (obsolete.Find(s => s.Ports.IsEmpty && s.Endpoints.IsEmpty) is { } placeholder)
        {
            obsolete.Remove(placeholder);
        }
        else
        {
            create.Add(new SliceContent(default, []));
        }

        delete.AddRange(obsolete);
        return new SlicePlan(create, update, delete);
    }

    private static void Fill(
        List<EndpointSlice> slices, SliceContent content, List<SliceContent> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        var left = content.Endpoints.ToDictionary(KeyOf, StringComparer.Ordinal);
        var (unchanged, changed) = (new List<EndpointSlice>(), new List<EndpointSlice>());
        foreach (var slice in slices)
        {
            var kept = new List<Endpoint>(slice.Endpoints.Count);
            foreach (var endpoint in slice.Endpoints)
            {
                if (left.Remove(KeyOf(endpoint), out var now))
                {
                    kept.Add(now);
                }
            }

            var next = kept.ToValueList();
            (next == slice.Endpoints && kept.Count > 0 ? unchanged : changed).Add(slice with { Endpoints = next });
        }

        var rest = new Queue<Endpoint>(content.Endpoints.Where(e => left.ContainsKey(KeyOf(e))));
        foreach (var slice in changed.OrderByDescending(s => s.Endpoints.Count).ToList())
        {
            changed[changed.IndexOf(slice)] = Filled(slice, rest);
        }

        while (rest.Count > 0)
        {
            // What fits into a slice that needs no change otherwise goes there: one write instead of a slice more.
            var roomy = rest.Count >= EndpointsMax ? null : unchanged.Where(s => s.Endpoints.Count + rest.Count <= EndpointsMax).MaxBy(s => s.Endpoints.Count);
            if (roomy is null)
            {
                create.Add(new SliceContent(content.Ports, [.. Take(rest, EndpointsMax)]));
            }
            else
            {
                unchanged.Remove(roomy);
                changed.Add(Filled(roomy, rest));
            }
        }

        update.AddRange(changed.Where(s => !s.Endpoints.IsEmpty));
        delete.AddRange(changed.Where(s => s.Endpoints.IsEmpty));
    }

    private static EndpointSlice Filled(EndpointSlice slice, Queue<Endpoint> rest) => rest.Count == 0 || slice.Endpoints.Count >= EndpointsMax
        ? slice
        : slice with { Endpoints = slice.Endpoints.Concat(Take(rest, EndpointsMax - slice.Endpoints.Count)).ToValueList() };

    private static List<Endpoint> Take(Queue<Endpoint> rest, int count)
    {
        var taken = new List<Endpoint>(Math.Min(count, rest.Count));
        while (taken.Count < count && rest.TryDequeue(out var endpoint))
        {
            taken.Add(endpoint);
        }

        return taken;
    }

    // A pod that was made again under its name is another endpoint.
    private static string KeyOf(Endpoint endpoint) => endpoint.TargetRef is { } pod
        ? $"{pod.Namespace}/{pod.Name}/{pod.Uid}/{endpoint.Addresses[0]}"
        : endpoint.Addresses.IsEmpty ? "" : endpoint.Addresses[0];
}

/// <summary>Endpoints that offer the same ports.</summary>
/// <param name="Ports">The ports.</param>
/// <param name="Endpoints">The endpoints.</param>
public sealed record SliceContent(ValueList<EndpointPort> Ports, IReadOnlyList<Endpoint> Endpoints);
