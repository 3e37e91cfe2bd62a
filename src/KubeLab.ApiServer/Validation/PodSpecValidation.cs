using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with a pod's spec, alone or in a template.</summary>
/// <remarks>Upstream: ValidatePodSpec in pkg/apis/core/validation/validation.go, in its order.</remarks>
internal static class PodSpecValidation
{
    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Volumes(spec.Volumes, path.Child("volumes"), errors);
        ContainerValidation.Containers(spec, path, errors);
        HostPorts(spec, path, errors);
        errors.OneOf(path.Child("restartPolicy"), spec.RestartPolicy, "Always", "OnFailure", "Never");
        errors.OneOf(path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        LabelValidation.Labels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        AffinityValidation.Validate(spec, path, errors);
        Named(spec.ServiceAccountName, path.Child("serviceAccountName"), LabelNames.SubdomainErrors, errors);
        Named(spec.NodeName, path.Child("nodeName"), LabelNames.SubdomainErrors, errors);
        if (spec.ActiveDeadlineSeconds is < 1 or > int.MaxValue)
        {
            errors.Invalid(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds, "must be between 1 and 2147483647, inclusive");
        }

        Named(spec.Hostname, path.Child("hostname"), LabelNames.DnsLabelErrors, errors);
        Named(spec.Subdomain, path.Child("subdomain"), LabelNames.DnsLabelErrors, errors);
        TolerationValidation.Validate(spec.Tolerations, path.Child("tolerations"), errors);
        Named(spec.PriorityClassName, path.Child("priorityClassName"), LabelNames.SubdomainErrors, errors);
        if (spec.SchedulerName is { Length: > 0 } scheduler)
        {
            errors.InvalidAll(path.Child("schedulerName"), scheduler, LabelNames.KeyErrors(scheduler));
        }

        foreach (var gate in spec.SchedulingGates)
        {
            errors.InvalidAll(path.Child("schedulingGates"), gate.Name, LabelNames.KeyErrors(gate.Name));
        }
    }

    /// <summary>What is wrong with a template: its labels, its annotations and its spec.</summary>
    public static void Template(PodTemplateSpec template, FieldPath path, FieldErrors errors)
    {
        LabelValidation.LabelsAndAnnotations(template.Metadata, path, errors);
        Validate(template.Spec, path.Child("spec"), errors);
        if (!template.Spec.EphemeralContainers.IsEmpty)
        {
            errors.Forbidden(path.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /// <summary>What is wrong with a label selector.</summary>
    public static void LabelSelector(LabelSelector selector, FieldPath path, FieldErrors errors)
    {
        LabelValidation.Labels(selector.MatchLabels, path.Child("matchLabels"), errors);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var line = selector.MatchExpressions[i];
            var at = path.Child("matchExpressions").Index(i);
            switch (line.Operator)
            {
                case "In" or "NotIn" when line.Values.IsEmpty:
                    errors.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist" when !line.Values.IsEmpty:
                    errors.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                case "In" or "NotIn" or "Exists" or "DoesNotExist":
                    break;
                default:
                    errors.Invalid(at.Child("operator"), line.Operator, "not a valid selector operator");
                    break;
            }

            errors.InvalidAll(at.Child("key"), line.Key, LabelNames.KeyErrors(line.Key));
            for (var v = 0; v < line.Values.Count; v++)
            {
                errors.InvalidAll(at.Child("values").Index(v), line.Values[v], LabelNames.ValueErrors(line.Values[v]));
            }
        }
    }

    private static void Named(string? name, FieldPath path, Func<string, IReadOnlyList<string>> rule, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(name))
        {
            errors.InvalidAll(path, name, rule(name));
        }
    }

    private static void Volumes(ValueList<Volume> volumes, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < volumes.Count; i++)
        {
            var name = volumes[i].Name;
            var at = path.Index(i);
            Sources(volumes[i], at, errors);
            if (name.Length == 0)
            {
                errors.Required(at.Child("name"));
                continue;
            }

            errors.InvalidAll(at.Child("name"), name, LabelNames.DnsLabelErrors(name));
            if (!(names ??= new(StringComparer.Ordinal)).Add(name))
            {
                errors.Duplicate(at.Child("name"), name);
            }
        }
    }

    private static void Sources(Volume volume, FieldPath path, FieldErrors errors)
    {
        ReadOnlySpan<(string Name, bool IsSet)> sources =
        [
            ("hostPath", volume.HostPath is not null), ("emptyDir", volume.EmptyDir is not null), ("secret", volume.Secret is not null),
            ("nfs", volume.Nfs is not null), ("persistentVolumeClaim", volume.PersistentVolumeClaim is not null),
            ("downwardAPI", volume.DownwardAPI is not null), ("configMap", volume.ConfigMap is not null),
            ("projected", volume.Projected is not null), ("ephemeral", volume.Ephemeral is not null),
        ];
        var count = 0;
        foreach (var (name, isSet) in sources)
        {
            if (isSet && count++ > 0)
            {
                errors.Forbidden(path.Child(name), "may not specify more than 1 volume type");
            }
        }

        if (count == 0 && volume.Overflow is null)
        {
            errors.Required(path, "must specify a volume type");
        }

        if (volume.ConfigMap is { Name: null or "" })
        {
            errors.Required(path.Child("configMap").Child("name"));
        }

        if (volume.HostPath is { Path.Length: 0 })
        {
            errors.Required(path.Child("hostPath").Child("path"));
        }

        if (volume.EmptyDir?.SizeLimit is { Sign: < 0 })
        {
            errors.Forbidden(path.Child("emptyDir").Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void HostPorts(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        HashSet<(string?, string?, int)>? taken = null;
        for (var c = 0; c < spec.Containers.Count; c++)
        {
            for (var p = 0; p < spec.Containers[c].Ports.Count; p++)
            {
                var port = spec.Containers[c].Ports[p];
                if (port.HostPort is > 0 and var hostPort && !(taken ??= []).Add((port.Protocol, port.HostIP, hostPort)))
                {
                    errors.Duplicate(
                        path.Child("containers").Index(c).Child("ports").Index(p).Child("hostPort"), $"{port.Protocol}/{port.HostIP}/{hostPort}");
                }
            }
        }
    }
}
