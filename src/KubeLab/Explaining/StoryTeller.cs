using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Explaining;

/// <summary>Puts an object's story together from owners, what it made, events, conditions and revisions.</summary>
internal sealed class StoryTeller
{
    private const int PodsMax = 200;

    private readonly Cluster cluster;
    private readonly KindWords kinds;
    private readonly List<(IApiObject Object, int Depth)> family = [];
    private readonly List<StoryEntry> entries = [];
    private ILookup<string, IApiObject>? made;

    private StoryTeller(Cluster cluster)
    {
        this.cluster = cluster;
        kinds = new KindWords(cluster.Kinds);
    }

    public static ObjectStory Tell(Cluster cluster, string what, string ns)
    {
        var teller = new StoryTeller(cluster);
        var (resource, name) = teller.kinds.Read(what);
        var subject = cluster.Api.Find(resource, new ObjectKey(resource.Namespaced ? ns : "", name))
            ?? throw new ArgumentException($"there is no {resource.Singular} \"{name}\"{(resource.Namespaced ? $" in namespace {ns}" : "")}", nameof(what));
        return teller.Tell(subject);
    }

    public static string NameOf(IApiObject obj) => $"{obj.Kind.ToLowerInvariant()}/{obj.Metadata.Name}";

    private ObjectStory Tell(IApiObject subject)
    {
        var owners = Owners(subject);
        for (var i = 0; i < owners.Count; i++)
        {
            family.Add((owners[i], i));
        }

        family.Add((subject, owners.Count));
        AddMade(subject, owners.Count + 1);
        if (subject is Node node)
        {
            family.AddRange(cluster.Api.List<Pod>(null, new ListOptions { FieldSelector = $"spec.nodeName={node.Metadata.Name}" }).Take(PodsMax).Select(p => ((IApiObject)p, 1)));
        }

        foreach (var (obj, _) in family)
        {
            AddBirth(obj);
            AddConditions(obj);
        }

        AddEvents();
        var diagnosis = Diagnosis.Of(cluster, subject, [.. family.Select(f => f.Object)]);
        return new ObjectStory
        {
            Subject = NameOf(subject),
            Now = diagnosis.Now,
            Family = [.. family.Select(f => (NameOf(f.Object), f.Depth, StateWords.Of(f.Object)))],
            Entries = [.. entries.OrderBy(e => e.At)],
            Problems = diagnosis.Problems,
            Next = diagnosis.Next,
        };
    }

    /// <summary>Outermost first.</summary>
    private List<IApiObject> Owners(IApiObject obj)
    {
        var owners = new List<IApiObject>();
        var at = obj;
        while (at.Metadata.OwnerReferences.Find(static o => o.Controller == true) is { } reference && kinds.Of(reference.Kind) is { } kind
            && cluster.Api.Find(kind, new ObjectKey(kind.Namespaced ? at.Metadata.Namespace ?? "" : "", reference.Name)) is { } owner && owner.Metadata.Uid == reference.Uid)
        {
            owners.Insert(0, owner);
            at = owner;
        }

        return owners;
    }

    private void AddMade(IApiObject owner, int depth)
    {
        if (string.IsNullOrEmpty(owner.Metadata.Namespace) || string.IsNullOrEmpty(owner.Metadata.Uid))
        {
            return;
        }

        made ??= KindWords.Made.SelectMany(kind => cluster.Api.List(kind, owner.Metadata.Namespace, ListOptions.All).Items)
            .SelectMany(o => o.Metadata.OwnerReferences.Select(r => (r.Uid, Object: o))).ToLookup(o => o.Uid, o => o.Object);
        foreach (var obj in made[owner.Metadata.Uid].OrderBy(o => o.Metadata.CreationTimestamp?.Instant).ThenBy(o => o.Metadata.Name, StringComparer.Ordinal).Take(PodsMax))
        {
            family.Add((obj, depth));
            AddMade(obj, depth + 1);
        }
    }

    private void AddBirth(IApiObject obj)
    {
        if (obj.Metadata.CreationTimestamp is not { } created)
        {
            return;
        }

        var owner = obj.Metadata.OwnerReferences.Find(static o => o.Controller == true);
        var manager = obj.Metadata.ManagedFields.Find(static m => m.Subresource is null or "")?.Manager;
        var by = owner is not null ? $"created by {owner.Kind.ToLowerInvariant()}/{owner.Name}" : manager is null ? "created" : $"created by {manager}";
        entries.Add(new(created.Instant, NameOf(obj), obj is ReplicaSet set ? $"{by}, revision {Revision(set)}{Images(set)}" : by, false));
        if (obj.Metadata.DeletionTimestamp is { } deleted)
        {
            entries.Add(new(deleted.Instant.AddSeconds(-(obj.Metadata.DeletionGracePeriodSeconds ?? 0)), NameOf(obj), "asked to go", false));
        }
    }

    private static string Revision(ReplicaSet set) => set.Metadata.Annotations["deployment.kubernetes.io/revision"] ?? "1";

    private static string Images(ReplicaSet set) => set.Spec.Template is { } template ? $" with {string.Join(", ", template.Spec.Containers.Select(c => c.Image))}" : "";

    private void AddConditions(IApiObject obj)
    {
        foreach (var condition in StateWords.ConditionsOf(obj))
        {
            if (condition.LastTransitionTime is not { } since || StateWords.IsTrivial(condition))
            {
                continue;
            }

            var detail = string.Join(": ", new[] { condition.Reason, condition.Message }.Where(t => !string.IsNullOrEmpty(t)));
            entries.Add(new(since.Instant, NameOf(obj), $"{condition.Type} became {condition.Status}{(detail.Length == 0 ? "" : $" ({detail})")}", StateWords.IsBad(condition)));
        }
    }

    private void AddEvents()
    {
        var uids = family.Select(f => f.Object.Metadata.Uid).Where(u => u is not null).ToHashSet();
        var names = family.Where(f => f.Object is Node).Select(f => f.Object.Metadata.Name).ToHashSet();
        foreach (var space in family.Select(f => f.Object.Metadata.Namespace ?? "default").Distinct().ToList())
        {
            foreach (var happening in cluster.Api.List<Event>(space))
            {
                var about = happening.InvolvedObject;
                if (!uids.Contains(about.Uid) && !(about.Kind == "Node" && names.Contains(about.Name)))
                {
                    continue;
                }

                var first = happening.FirstTimestamp?.Instant ?? happening.EventTime?.Instant ?? happening.Metadata.CreationTimestamp?.Instant ?? cluster.Now;
                var last = happening.LastTimestamp?.Instant ?? first;
                var often = happening.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({happening.Count} times, last at {last:HH:mm:ss})") : "";
                entries.Add(new(first, $"{about.Kind?.ToLowerInvariant()}/{about.Name}", $"{happening.Reason}: {happening.Message}{often}", happening.Type == "Warning"));
            }
        }
    }
}
