using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.Jobs;

/// <summary>Makes a job's pods; all share what can be shared.</summary>
internal sealed class JobPodTemplate
{
    // Five characters are added to a generated name, and a name of a pod may have 63.
    private const int PrefixMax = 58;

    private readonly Job job;
    private readonly PodTemplateSpec template;
    private readonly PodSpec spec;
    private readonly ObjectMeta metadata;

    public JobPodTemplate(Job job)
    {
        this.job = job;
        template = job.Spec.Template;
        var finalizers = template.Metadata.Finalizers;
        spec = JobTraits.IsIndexed(job) ? WithIndexVariable(template.Spec) : template.Spec;
        metadata = new ObjectMeta
        {
            GenerateName = $"{job.Metadata.Name}-",
            Namespace = job.Metadata.Namespace,
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            Finalizers = finalizers.Exists(static f => f == JobNames.Finalizer) ? finalizers : finalizers.Add(JobNames.Finalizer),
            OwnerReferences = [Ownership.ReferenceTo(job)],
        };
    }

    /// <summary>Whether it copies the template of <paramref name="other"/>.</summary>
    public bool Serves(Job other) => ReferenceEquals(template, other.Spec.Template) && job.Metadata.Uid == other.Metadata.Uid
        && job.Spec.CompletionMode == other.Spec.CompletionMode;

    /// <summary>One more pod, not yet stored.</summary>
    public Pod Next() => new() { Metadata = metadata, Spec = spec };

    /// <summary>The pod of <paramref name="index"/>, not yet stored.</summary>
    /// <param name="index">Its completion index.</param>
    /// <param name="replaced">The failed pod that it replaces, whose failures it inherits; null when there is none.</param>
    public Pod Next(int index, Pod? replaced)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        var annotations = metadata.Annotations.With(JobNames.CompletionIndex, number);
        if (JobTraits.CountsPerIndex(job))
        {
            annotations = WithFailures(annotations, replaced);
        }

        return new()
        {
            Metadata = metadata with
            {
                GenerateName = Prefix(job.Metadata.Name ?? "", number),
                Labels = metadata.Labels.With(JobNames.CompletionIndex, number),
                Annotations = annotations,
            },
            Spec = spec with { Hostname = $"{job.Metadata.Name}-{number}" },
        };
    }

    private StringMap WithFailures(StringMap annotations, Pod? replaced)
    {
        var (failures, ignored) = (0, 0);
        if (replaced is not null)
        {
            var counts = PodFailures.Judge(job.Spec.PodFailurePolicy, replaced).Counts;
            failures = CompletionIndex.FailuresBefore(replaced) + (counts ? 1 : 0);
            ignored = CompletionIndex.IgnoredBefore(replaced) + (counts ? 0 : 1);
        }

        annotations = annotations.With(JobNames.IndexFailureCount, failures.ToString(CultureInfo.InvariantCulture));
        return ignored == 0 ? annotations : annotations.With(JobNames.IndexIgnoredFailureCount, ignored.ToString(CultureInfo.InvariantCulture));
    }

    private static string Prefix(string name, string number)
    {
        var tail = $"-{number}-";
        return name.Length + tail.Length > PrefixMax ? name[..(PrefixMax - tail.Length)] + tail : name + tail;
    }

    private static PodSpec WithIndexVariable(PodSpec spec) => spec with
    {
        InitContainers = spec.InitContainers.Select(WithIndexVariable).ToValueList(),
        Containers = spec.Containers.Select(WithIndexVariable).ToValueList(),
    };

    private static Container WithIndexVariable(Container container) => container.Env.Exists(static v => v.Name == JobNames.IndexVariable)
        ? container
        : container with
        {
            Env = container.Env.Add(new EnvVar
            {
                Name = JobNames.IndexVariable,
                ValueFrom = new() { FieldRef = new() { FieldPath = $"metadata.labels['{JobNames.CompletionIndex}']" } },
            }),
        };
}
