using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.Jobs;

/// <summary>A cluster in which the test decides how pods end.</summary>
internal sealed class JobLab
{
    public JobLab() => Lab = new("worker-1");

    public JobLab(Func<IKubernetesApi, VirtualClock, IKubernetesApi> through) => Lab = new(ControllerManagerOptions.Default, through, "worker-1");

    public ControllerLab Lab { get; }

    public IKubernetesApi Api => Lab.Api;

    public Job Job => Api.Get<Job>("default", "pi");

    public JobStatus Status => Job.Status;

    public IReadOnlyList<Pod> Active => [.. Lab.Pods.Where(PodState.IsActive)];

    /// <summary>The conditions in their order, as <c>Type=Status Reason</c>.</summary>
    public IEnumerable<string> Conditions => Status.Conditions.Select(c => $"{c.Type}={c.Status} {c.Reason}");

    public IEnumerable<string> Events => Lab.EventsOf("Job");

    public static PodTemplateSpec Template(string restartPolicy = "Never") => new()
    {
        Spec = new() { RestartPolicy = restartPolicy, TerminationGracePeriodSeconds = 30, Containers = [new() { Name = "c", Image = "pi:1" }] },
    };

    public Job Create(Func<JobSpec, JobSpec>? change = null)
    {
        var spec = new JobSpec { Template = Template() };
        return Api.Create(new Job { Metadata = new() { Name = "pi", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    public void Change(Func<JobSpec, JobSpec> change) => Api.Update(Job with { Spec = change(Job.Spec) });

    public void Run(double seconds) => Lab.Run(seconds);

    public void Succeed(Pod pod) => End(pod, 0);

    public void Fail(Pod pod, int code = 1, params Condition[] conditions) => End(pod, code, conditions);

    public void EndAll(int code = 0)
    {
        foreach (var pod in Active)
        {
            End(pod, code);
        }
    }

    public Pod PodOf(int index) => Active.Single(p => p.Metadata.Annotations["batch.kubernetes.io/job-completion-index"] == $"{index}");

    private void End(Pod pod, int code, params Condition[] conditions)
    {
        var current = Api.Get<Pod>("default", pod.Metadata.Name!);
        Api.UpdateStatus(current with
        {
            Status = current.Status with
            {
                Phase = code == 0 ? "Succeeded" : "Failed",
                Conditions =
                [
                    .. current.Status.Conditions.Where(c => c.Type != "Ready"),
                    new Condition { Type = "Ready", Status = "False", LastTransitionTime = Lab.Clock.Now },
                    .. conditions,
                ],
                ContainerStatuses = [new() { Name = "c", State = new() { Terminated = new() { ExitCode = code, FinishedAt = Lab.Clock.Now } } }],
            },
        });
    }
}
