using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>How many ready pods each workload has had, over time: what a check asks that must hold throughout, not only in the end.</summary>
internal sealed class WorkloadRecords
{
    private readonly Dictionary<ObjectKey, WorkloadRecord> records = [];
    private readonly List<WorkloadRecord> changed = [];

    /// <summary>The ready pods of a workload; null when it never had any pod.</summary>
    public TimeSeries? ReadyOf(string ns, string name) => records.GetValueOrDefault(new ObjectKey(ns, name))?.Ready;

    /// <summary>The workload that a pod counts for: the deployment behind its replica set, or else its owner; a bare pod has none.</summary>
    public WorkloadRecord? Of(Pod pod)
    {
        if (KeyOf(pod) is not { } key)
        {
            return null;
        }

        if (!records.TryGetValue(key, out var record))
        {
            records.Add(key, record = new WorkloadRecord(key.Name));
        }

        return record;
    }

    /// <summary>Whose pod it is, by uid; null for a bare pod. It changes when a pod is adopted or let go.</summary>
    public static string? OwnerUidOf(Pod pod) => pod.Metadata.OwnerReferences.Find(static o => o.Controller == true)?.Uid;

    /// <summary>The namespace and name of the workload that a pod counts for; null for a bare pod.</summary>
    public static ObjectKey? KeyOf(Pod pod)
    {
        if (pod.Metadata.OwnerReferences.Find(static o => o.Controller == true) is not { } owner)
        {
            return null;
        }

        var end = $"-{pod.Metadata.Labels["pod-template-hash"]}";
        var name = owner.Kind == "ReplicaSet" && end.Length > 1 && owner.Name.EndsWith(end, StringComparison.Ordinal) ? owner.Name[..^end.Length] : owner.Name;
        return new ObjectKey(pod.Metadata.Namespace ?? "", name);
    }

    /// <summary>One more ready pod, or one less.</summary>
    public void Count(WorkloadRecord record, int sign)
    {
        record.ReadyNow += sign;
        if (!record.IsChanged)
        {
            record.IsChanged = true;
            changed.Add(record);
        }
    }

    /// <summary>Records what has changed in this instant.</summary>
    public void Record(DateTimeOffset now)
    {
        foreach (var record in changed)
        {
            record.IsChanged = false;
            record.Ready.Record(now, record.ReadyNow);
        }

        changed.Clear();
    }
}

/// <summary>What is recorded of one workload.</summary>
internal sealed class WorkloadRecord(string name)
{
    public TimeSeries Ready { get; } = new($"{name} ready", "pods");

    public int ReadyNow { get; set; }

    public bool IsChanged { get; set; }
}
