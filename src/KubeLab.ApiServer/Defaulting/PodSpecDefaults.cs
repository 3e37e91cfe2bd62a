using System.Runtime.CompilerServices;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what a pod spec leaves out, and does so once for each template, however many pods are made from it.</summary>
/// <remarks>
/// What nothing is missing from is returned as it is, so pods go on sharing their template's containers. A spec that many pods are made of is
/// remembered together with the form that they get; <see cref="IsFromTemplate"/> recognises that form.
/// Upstream: pkg/apis/core/v1/defaults.go.
/// </remarks>
public sealed class PodSpecDefaults
{
    private readonly ConditionalWeakTable<PodSpec, PodForm> forms = [];
    private readonly ConditionalWeakTable<Container, PodForm> formsByContainer = [];

    // What admission made of a template is one spec as well, which its pods share.
    private readonly ConditionalWeakTable<PodSpec, PodSpec> valid = [];

    /// <summary>The template with absent fields filled in.</summary>
    public static PodTemplateSpec Template(PodTemplateSpec template)
    {
        var spec = Fill(template.Spec);
        return ReferenceEquals(spec, template.Spec) ? template : template with { Spec = spec };
    }

    /// <summary>The spec of a pod with absent fields filled in.</summary>
    public PodSpec Pod(PodSpec spec)
    {
        if (forms.TryGetValue(spec, out var known))
        {
            return known.PodSpec;
        }

        var filled = FillPod(spec);
        if (ReferenceEquals(filled, spec) || filled.Containers.IsEmpty)
        {
            return filled;
        }

        // Remembered for as long as the spec that was handed in lives: a template lives long, the spec of one request does not.
        var form = new PodForm(filled);
        forms.AddOrUpdate(spec, form);
        formsByContainer.AddOrUpdate(filled.Containers[0], form);
        return filled;
    }

    /// <summary>
    /// Whether <paramref name="spec"/> is what <see cref="Pod"/> made of a template that was found valid, but for what admission adds.
    /// </summary>
    public bool IsFromTemplate(PodSpec spec) => valid.TryGetValue(spec, out _) || FormOf(spec) is { IsValid: true };

    /// <summary>Notes that nothing is wrong with a spec; that matters only when it was made of a template.</summary>
    public void NoteValid(PodSpec spec)
    {
        if (FormOf(spec) is { } form)
        {
            form.IsValid = true;
        }
        else
        {
            valid.AddOrUpdate(spec, spec);
        }
    }

    // A template's containers are shared by its pods, so the first one leads to the template; the comparison is one of references, mostly.
    private PodForm? FormOf(PodSpec spec)
    {
        if (spec.Containers.IsEmpty || !formsByContainer.TryGetValue(spec.Containers[0], out var form))
        {
            return null;
        }

        var common = form.PodSpec;
        var own = common with
        {
            Priority = spec.Priority,
            PreemptionPolicy = spec.PreemptionPolicy,
            Tolerations = spec.Tolerations,
            NodeName = spec.NodeName,
        };
        return own == spec ? form : null;
    }

    // Requests and service links are filled in for pods alone: in a template their absence must stay visible.
    private static PodSpec FillPod(PodSpec spec)
    {
        var filled = Fill(spec);
        var containers = ContainerDefaults.Each(filled.Containers, ContainerDefaults.Requests);
        var initContainers = ContainerDefaults.Each(filled.InitContainers, ContainerDefaults.Requests);
        var isFull = filled.EnableServiceLinks is not null && !string.IsNullOrEmpty(filled.ServiceAccountName)
            && filled.ServiceAccount == filled.ServiceAccountName;
        if (isFull && containers == filled.Containers && initContainers == filled.InitContainers)
        {
            return filled;
        }

        var account = First(filled.ServiceAccountName, filled.ServiceAccount, "default");
        return filled with
        {
            Containers = containers,
            InitContainers = initContainers,
            EnableServiceLinks = filled.EnableServiceLinks ?? true,
            ServiceAccountName = account,
            ServiceAccount = account,
        };
    }

    private static PodSpec Fill(PodSpec spec)
    {
        var containers = ContainerDefaults.Each(spec.Containers, ContainerDefaults.Fill);
        var initContainers = ContainerDefaults.Each(spec.InitContainers, ContainerDefaults.Fill);
        var volumes = VolumeDefaults.Fill(spec.Volumes);
        var isFull = !string.IsNullOrEmpty(spec.RestartPolicy) && !string.IsNullOrEmpty(spec.DnsPolicy) && !string.IsNullOrEmpty(spec.SchedulerName)
            && spec.TerminationGracePeriodSeconds is not null && spec.SecurityContext is not null && spec.ServiceAccount == spec.ServiceAccountName;
        if (isFull && containers == spec.Containers && initContainers == spec.InitContainers && volumes == spec.Volumes)
        {
            return spec;
        }

        var account = First(spec.ServiceAccountName, spec.ServiceAccount, null);
        return spec with
        {
            Containers = containers,
            InitContainers = initContainers,
            Volumes = volumes,
            RestartPolicy = First(spec.RestartPolicy, "Always"),
            DnsPolicy = First(spec.DnsPolicy, "ClusterFirst"),
            SchedulerName = First(spec.SchedulerName, "default-scheduler"),
            TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds ?? 30,
            SecurityContext = spec.SecurityContext ?? NoSecurityContext,
            ServiceAccountName = account,
            ServiceAccount = account,
        };
    }

    private static readonly OpaqueObject NoSecurityContext = new();

    private static string? First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return null;
    }

    private sealed class PodForm(PodSpec podSpec)
    {
        public PodSpec PodSpec { get; } = podSpec;

        public bool IsValid { get; set; }
    }
}
