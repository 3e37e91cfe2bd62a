using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with the containers of a pod.</summary>
/// <remarks>Upstream: validateContainers in pkg/apis/core/validation/validation.go.</remarks>
internal static class ContainerValidation
{
    public static void Containers(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var containers = path.Child("containers");
        if (spec.Containers.IsEmpty)
        {
            errors.Required(containers);
        }

        // Ports of the node are one set for all containers; names are one set for containers and init containers.
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Containers.Count; i++)
        {
            Container(spec.Containers[i], spec, containers.Index(i), names, errors);
        }

        var initContainers = path.Child("initContainers");
        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            Init(spec.InitContainers[i], spec, initContainers.Index(i), names, errors);
        }
    }

    private static void Init(Container container, PodSpec spec, FieldPath path, HashSet<string> names, FieldErrors errors)
    {
        Container(container, spec, path, names, errors);
        if (container.RestartPolicy is { Length: > 0 } policy && policy != "Always")
        {
            errors.NotSupported(path.Child("restartPolicy"), policy, "Always");
        }

        if (container.RestartPolicy == "Always")
        {
            return;
        }

        const string Reason = "may not be set for init containers without restartPolicy=Always";
        ForbidIf(container.Lifecycle is not null, path.Child("lifecycle"), Reason, errors);
        ForbidIf(container.LivenessProbe is not null, path.Child("livenessProbe"), Reason, errors);
        ForbidIf(container.ReadinessProbe is not null, path.Child("readinessProbe"), Reason, errors);
        ForbidIf(container.StartupProbe is not null, path.Child("startupProbe"), Reason, errors);
    }

    private static void ForbidIf(bool condition, FieldPath path, string reason, FieldErrors errors)
    {
        if (condition)
        {
            errors.Forbidden(path, reason);
        }
    }

    private static void Container(Container container, PodSpec spec, FieldPath path, HashSet<string> names, FieldErrors errors)
    {
        if (container.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.InvalidAll(path.Child("name"), container.Name, LabelNames.DnsLabelErrors(container.Name));
        }

        if (string.IsNullOrEmpty(container.Image))
        {
            errors.Required(path.Child("image"));
        }
        else if (container.Image.Trim().Length != container.Image.Length)
        {
            errors.Invalid(path.Child("image"), container.Image, "must not have leading or trailing whitespace");
        }

        errors.OneOf(path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, "File", "FallbackToLogsOnError");
        ProbeValidation.Validate(container, path, errors);
        Ports(container.Ports, spec.HostNetwork, path.Child("ports"), errors);
        Env(container.Env, path.Child("env"), errors);
        Mounts(container.VolumeMounts, spec.Volumes, path.Child("volumeMounts"), errors);
        errors.OneOf(path.Child("imagePullPolicy"), container.ImagePullPolicy, "Always", "IfNotPresent", "Never");
        ResourceValidation.Requirements(container.Resources, path.Child("resources"), errors);
        if (container.Name.Length > 0 && !names.Add(container.Name))
        {
            errors.Duplicate(path.Child("name"), container.Name);
        }
    }

    private static void Ports(ValueList<ContainerPort> ports, bool isHostNetwork, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var at = path.Index(i);
            if (port.Name is { Length: > 0 } name)
            {
                var wrong = NameRules.PortNameErrors(name);
                errors.InvalidAll(at.Child("name"), name, wrong);
                if (wrong.Count == 0 && !(names ??= new(StringComparer.Ordinal)).Add(name))
                {
                    errors.Duplicate(at.Child("name"), name);
                }
            }

            if (port.Port == 0)
            {
                errors.Required(at.Child("containerPort"));
            }
            else
            {
                errors.Port(at.Child("containerPort"), port.Port);
            }

            if (port.HostPort is { } hostPort && hostPort != 0)
            {
                errors.Port(at.Child("hostPort"), hostPort);
                if (isHostNetwork && hostPort != port.Port)
                {
                    errors.Invalid(at.Child("hostPort"), hostPort, "must match `containerPort` when `hostNetwork` is true");
                }
            }

            errors.OneOf(at.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        }
    }

    private static void Env(ValueList<EnvVar> variables, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            if (variable.Name.Length == 0)
            {
                errors.Required(path.Index(i).Child("name"));
            }
            else
            {
                errors.InvalidAll(path.Index(i).Child("name"), variable.Name, NameRules.EnvNameErrors(variable.Name));
            }

            if (variable.ValueFrom is { } source)
            {
                EnvSource(variable, source, path.Index(i).Child("valueFrom"), errors);
            }
        }
    }

    private static void EnvSource(EnvVar variable, EnvVarSource source, FieldPath path, FieldErrors errors)
    {
        var count = (source.FieldRef is null ? 0 : 1) + (source.ResourceFieldRef is null ? 0 : 1)
            + (source.ConfigMapKeyRef is null ? 0 : 1) + (source.SecretKeyRef is null ? 0 : 1) + (source.Overflow?.Count ?? 0);
        if (count == 0)
        {
            errors.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }
        else if (!string.IsNullOrEmpty(variable.Value))
        {
            errors.Invalid(path, "", "may not be specified when `value` is not empty");
        }
        else if (count > 1)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }

        if (source.FieldRef is { FieldPath.Length: 0 })
        {
            errors.Required(path.Child("fieldRef").Child("fieldPath"));
        }
    }

    private static void Mounts(ValueList<VolumeMount> mounts, ValueList<Volume> volumes, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? places = null;
        for (var i = 0; i < mounts.Count; i++)
        {
            var mount = mounts[i];
            var at = path.Index(i);
            if (mount.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            else if (!volumes.Exists(v => v.Name == mount.Name))
            {
                errors.NotFound(at.Child("name"), mount.Name);
            }

            if (mount.MountPath.Length == 0)
            {
                errors.Required(at.Child("mountPath"));
            }
            else if (!(places ??= new(StringComparer.Ordinal)).Add(mount.MountPath))
            {
                errors.Invalid(at.Child("mountPath"), mount.MountPath, "must be unique");
            }
        }
    }
}
