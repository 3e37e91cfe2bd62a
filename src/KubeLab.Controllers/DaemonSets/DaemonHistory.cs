using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Deployments;
using KubeLab.Controllers.History;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>Writes down the templates that a daemon set has had.</summary>
/// <remarks>Upstream: constructHistory, snapshot and cleanupHistory in pkg/controller/daemon/update.go.</remarks>
internal sealed class DaemonHistory(IKubernetesApi api, InformerFactory informers)
{
    private readonly RevisionWriter writer = new(api, informers);
    private readonly Dictionary<ObjectKey, (PodTemplateSpec Template, OpaqueObject Data)> known = [];

    /// <summary>The revision of the set's template, which is made when there is none, and the older ones in their order.</summary>
    public (ControllerRevision Current, IReadOnlyList<ControllerRevision> Old) Of(DaemonSet set, Selector selector, IEnumerable<Pod> pods)
    {
        var data = DataOf(set);
        var all = writer.Claim(set, selector);
        var same = all.Where(r => r.Data == data).ToList();
        var old = all.Where(r => r.Data != data).ToList();
        var number = RevisionHistory.Next(old);
        if (same.Count == 0)
        {
            return (Snapshot(set, data, number), old);
        }

        var current = same[^1];
        if (current.Metadata.Labels[RevisionHash.PodLabel] is null)
        {
            current = api.Update(current.WithMetadata(current.Metadata with
            {
                Labels = current.Metadata.Labels.With(RevisionHash.PodLabel, current.Metadata.Name!),
            }));
        }

        if (same.Count > 1)
        {
            Merge(same[..^1], current, pods);
        }

        return (current.Revision < number ? writer.Renumber(current, number) : current, old);
    }

    /// <summary>Forgets the oldest revisions beyond the limit of which no pod is left.</summary>
    public void CleanUp(DaemonSet set, IReadOnlyList<ControllerRevision> old, IEnumerable<Pod> pods)
    {
        var surplus = old.Count - (set.Spec.RevisionHistoryLimit ?? 10);
        if (surplus > 0)
        {
            var live = pods.Select(p => p.Metadata.Labels[RevisionHash.PodLabel] ?? "").ToHashSet(StringComparer.Ordinal);
            writer.Delete(old.Where(r => !live.Contains(r.Metadata.Labels[RevisionHash.PodLabel] ?? "")).Take(surplus));
        }
    }

    /// <summary>Forgets a set that is gone.</summary>
    public void Forget(ObjectKey key) => known.Remove(key);

    private OpaqueObject DataOf(DaemonSet set)
    {
        var key = ObjectKey.Of(set);
        if (!known.TryGetValue(key, out var entry) || !ReferenceEquals(entry.Template, set.Spec.Template))
        {
            known[key] = entry = (set.Spec.Template, RevisionData.Of(set.Spec.Template));
        }

        return entry.Data;
    }

    private ControllerRevision Snapshot(DaemonSet set, OpaqueObject data, long number)
    {
        var collisions = set.Status.CollisionCount ?? 0;
        var wanted = new ControllerRevision
        {
            Metadata = new ObjectMeta
            {
                Namespace = set.Metadata.Namespace,
                Annotations = set.Metadata.Annotations,
                OwnerReferences = [Ownership.ReferenceTo(set)],
            },
            Data = data,
            Revision = number,
        };
        var made = writer.Create(wanted, Named, ref collisions);
        if (collisions != (set.Status.CollisionCount ?? 0))
        {
            // The count must be kept before pods carry the hash, or the next look would find another.
            api.UpdateStatus(set with { Status = set.Status with { CollisionCount = collisions } });
        }

        return made;

        ControllerRevision Named(ControllerRevision revision, int count)
        {
            var hash = TemplateHash.Of(set.Spec.Template, count == 0 ? null : count);
            return revision with
            {
                Metadata = revision.Metadata with
                {
                    Name = $"{set.Metadata.Name}-{hash}",
                    Labels = set.Spec.Template.Metadata.Labels.With(RevisionHash.PodLabel, hash),
                },
            };
        }
    }

    /// <summary>Of several revisions of one template the newest stays, and the pods are noted as its own.</summary>
    private void Merge(List<ControllerRevision> duplicates, ControllerRevision kept, IEnumerable<Pod> pods)
    {
        var hashes = duplicates.Select(d => d.Metadata.Labels[RevisionHash.PodLabel]).ToHashSet(StringComparer.Ordinal);
        var hash = kept.Metadata.Labels[RevisionHash.PodLabel]!;
        foreach (var pod in pods.Where(p => p.Metadata.Labels[RevisionHash.PodLabel] is { } own && own != hash && hashes.Contains(own)).ToList())
        {
            api.Update(pod.WithMetadata(pod.Metadata with { Labels = pod.Metadata.Labels.With(RevisionHash.PodLabel, hash) }));
        }

        writer.Delete(duplicates);
    }
}
