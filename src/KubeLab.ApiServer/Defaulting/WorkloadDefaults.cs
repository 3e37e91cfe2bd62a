using KubeLab.Api;
using KubeLab.Api.Apps;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what workloads leave out.</summary>
/// <remarks>Upstream: pkg/apis/apps/v1/defaults.go.</remarks>
internal static class WorkloadDefaults
{
    private static readonly IntOrString Quarter = "25%";

    public static Deployment Fill(Deployment obj)
    {
        var spec = obj.Spec;
        var template = PodSpecDefaults.Template(spec.Template);
        var strategy = Fill(spec.Strategy);
        var isFull = spec.Replicas is not null && spec.RevisionHistoryLimit is not null && spec.ProgressDeadlineSeconds is not null;
        if (isFull && ReferenceEquals(template, spec.Template) && ReferenceEquals(strategy, spec.Strategy))
        {
            return obj;
        }

        return obj with
        {
            Spec = spec with
            {
                Template = template,
                Strategy = strategy,
                Replicas = spec.Replicas ?? 1,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds ?? 600,
            },
        };
    }

    public static ReplicaSet Fill(ReplicaSet obj)
    {
        var template = PodSpecDefaults.Template(obj.Spec.Template);
        return obj.Spec.Replicas is not null && ReferenceEquals(template, obj.Spec.Template)
            ? obj
            : obj with { Spec = obj.Spec with { Template = template, Replicas = obj.Spec.Replicas ?? 1 } };
    }

    public static StatefulSet Fill(StatefulSet obj)
    {
        var spec = obj.Spec;
        var update = spec.UpdateStrategy;
        var type = string.IsNullOrEmpty(update.Type) ? "RollingUpdate" : update.Type;
        var retention = spec.PersistentVolumeClaimRetentionPolicy ?? new();
        var filled = spec with
        {
            PodManagementPolicy = string.IsNullOrEmpty(spec.PodManagementPolicy) ? "OrderedReady" : spec.PodManagementPolicy,
            UpdateStrategy = update with
            {
                Type = type,
                RollingUpdate = type == "RollingUpdate" ? (update.RollingUpdate ?? new()) with { Partition = update.RollingUpdate?.Partition ?? 0 } : update.RollingUpdate,
            },
            PersistentVolumeClaimRetentionPolicy = retention with
            {
                WhenDeleted = string.IsNullOrEmpty(retention.WhenDeleted) ? "Retain" : retention.WhenDeleted,
                WhenScaled = string.IsNullOrEmpty(retention.WhenScaled) ? "Retain" : retention.WhenScaled,
            },
            Replicas = spec.Replicas ?? 1,
            RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
            Template = PodSpecDefaults.Template(spec.Template),
            VolumeClaimTemplates = ContainerDefaults.Each(spec.VolumeClaimTemplates, StorageDefaults.Fill),
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    public static DaemonSet Fill(DaemonSet obj)
    {
        var update = obj.Spec.UpdateStrategy;
        var type = string.IsNullOrEmpty(update.Type) ? "RollingUpdate" : update.Type;
        var rolling = update.RollingUpdate ?? new();
        var filled = obj.Spec with
        {
            UpdateStrategy = update with
            {
                Type = type,
                RollingUpdate = type == "RollingUpdate"
                    ? rolling with { MaxUnavailable = rolling.MaxUnavailable ?? 1, MaxSurge = rolling.MaxSurge ?? 0 }
                    : update.RollingUpdate,
            },
            RevisionHistoryLimit = obj.Spec.RevisionHistoryLimit ?? 10,
            Template = PodSpecDefaults.Template(obj.Spec.Template),
        };
        return filled == obj.Spec ? obj : obj with { Spec = filled };
    }

    private static DeploymentStrategy Fill(DeploymentStrategy? strategy)
    {
        var type = string.IsNullOrEmpty(strategy?.Type) ? "RollingUpdate" : strategy.Type;
        var rolling = strategy?.RollingUpdate;
        if (type == "RollingUpdate" && rolling is not { MaxSurge: not null, MaxUnavailable: not null })
        {
            rolling = (rolling ?? new()) with { MaxSurge = rolling?.MaxSurge ?? Quarter, MaxUnavailable = rolling?.MaxUnavailable ?? Quarter };
        }

        return strategy is not null && strategy.Type == type && ReferenceEquals(rolling, strategy.RollingUpdate)
            ? strategy
            : (strategy ?? new()) with { Type = type, RollingUpdate = rolling };
    }
}
