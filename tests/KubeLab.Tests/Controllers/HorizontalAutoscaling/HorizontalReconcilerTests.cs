using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers;

namespace KubeLab.Tests.Controllers.HorizontalAutoscaling;

public sealed class HorizontalReconcilerTests
{
    private readonly GivenMetrics metrics = new();
    private readonly ControllerLab lab;

    public HorizontalReconcilerTests()
    {
        lab = new ControllerLab(ControllerManagerOptions.Default with { Metrics = metrics }, "node-1");
        (metrics.Api, metrics.Clock) = (lab.Api, lab.Clock);
        Deploy(1);
    }

    [Fact]
    public void It_looks_every_fifteen_seconds_and_doubles_at_most()
    {
        metrics.CpuOfAll = 4_000;
        Autoscale(1, 10);
        lab.Run(14);
        Assert.Equal(1, lab.Web.Spec.Replicas);
        lab.Run(2);
        Assert.Equal(4, lab.Web.Spec.Replicas);
        lab.Run(320);
        Assert.Equal(8, lab.Web.Spec.Replicas);

        // The second step is the first proposal, of 8, held for five minutes; the measures of that moment ask for no more than there is, so upstream too gives no reason.
        Assert.Equal(
            ["Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target", "Normal SuccessfulRescale New size: 8; reason: "],
            lab.EventsOf("HorizontalPodAutoscaler"));
    }

    [Fact]
    public void Its_status_says_what_it_saw_and_did()
    {
        metrics.CpuOfAll = 1_500;
        Autoscale(1, 10);
        lab.Run(16);
        var status = Status;
        Assert.Equal((1, 3), (status.CurrentReplicas, status.DesiredReplicas));
        Assert.Equal((150, "1500m"), (status.CurrentMetrics[0].Resource!.Current.AverageUtilization, status.CurrentMetrics[0].Resource!.Current.AverageValue.ToString()));
        Assert.Equal(
            [
                "AbleToScale True SucceededRescale the HPA controller was able to update the target scale to 3",
                "ScalingActive True ValidMetricFound the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)",
                "ScalingLimited False DesiredWithinRange the desired count is within the acceptable range",
            ],
            status.Conditions.Select(c => $"{c.Type} {c.Status} {c.Reason} {c.Message}"));
    }

    [Fact]
    public void It_waits_five_minutes_before_it_takes_copies_away()
    {
        metrics.CpuOfAll = 2_000;
        Autoscale(1, 10);
        lab.Run(400);
        Assert.Equal(4, lab.Web.Spec.Replicas);
        metrics.CpuOfAll = 200;
        lab.Run(290);
        Assert.Equal(4, lab.Web.Spec.Replicas);
        Assert.Contains(Status.Conditions, c => c.Reason == "ScaleDownStabilized");
        lab.Run(30);
        Assert.Equal(1, lab.Web.Spec.Replicas);
        Assert.Contains("Normal SuccessfulRescale New size: 1; reason: All metrics below target", lab.EventsOf("HorizontalPodAutoscaler"));
    }

    [Fact]
    public void Within_the_tolerance_nothing_happens()
    {
        metrics.CpuOfAll = 1_080;
        Deploy(2);
        Autoscale(1, 10);
        lab.Run(600);
        Assert.Equal(2, lab.Web.Spec.Replicas);
        Assert.Empty(lab.EventsOf("HorizontalPodAutoscaler"));
    }

    [Fact]
    public void Without_measures_it_says_so_and_leaves_the_number_alone()
    {
        Deploy(2);
        Autoscale(1, 10);
        lab.Run(20);
        Assert.Equal(2, lab.Web.Spec.Replicas);
        Assert.Equal(
            [
                "Warning FailedGetResourceMetric failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API",
                "Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: "
                    + "failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API",
            ],
            lab.EventsOf("HorizontalPodAutoscaler"));
        Assert.Contains(Status.Conditions, c => c is { Type: "ScalingActive", Status: "False", Reason: "FailedGetResourceMetric" });
    }

    [Fact]
    public void A_measure_that_fails_keeps_the_others_from_scaling_down_but_not_up()
    {
        var queue = new MetricSpec { Type = "External", External = new() { Metric = new() { Name = "queue" }, Target = new() { Type = "AverageValue", AverageValue = Quantity.Parse("10") } } };
        Deploy(4);
        metrics.CpuOfAll = 400;
        Autoscale(1, 10, queue, Cpu);
        lab.Run(400);
        Assert.Equal(4, lab.Web.Spec.Replicas);
        metrics.CpuOfAll = 3_000;
        lab.Run(20);
        Assert.Equal(6, lab.Web.Spec.Replicas);
    }

    [Fact]
    public void The_measure_that_asks_for_most_decides()
    {
        var queue = new MetricSpec { Type = "External", External = new() { Metric = new() { Name = "queue" }, Target = new() { Type = "AverageValue", AverageValue = Quantity.Parse("10") } } };
        Deploy(4);
        (metrics.CpuOfAll, metrics.Queue) = (2_000, 65_000);
        Autoscale(1, 10, Cpu, queue);
        lab.Run(20);
        Assert.Equal(7, lab.Web.Spec.Replicas);
        Assert.Contains("Normal SuccessfulRescale New size: 7; reason: external metric queue(nil) above target", lab.EventsOf("HorizontalPodAutoscaler"));
    }

    [Fact]
    public void A_target_of_no_copies_is_left_alone_until_somebody_scales_it()
    {
        Deploy(0);
        metrics.CpuOfAll = 0;
        Autoscale(1, 10);
        lab.Run(60);
        Assert.Equal(0, lab.Web.Spec.Replicas);
        Assert.Contains(Status.Conditions, c => c is { Type: "ScalingActive", Status: "False", Reason: "ScalingDisabled" });
        Deploy(2);
        metrics.CpuOfAll = 1_000;
        lab.Run(20);
        Assert.Contains(Status.Conditions, c => c is { Type: "ScalingActive", Status: "True" });
    }

    [Theory]
    [InlineData(20, 10, "New size: 10; reason: Current number of replicas above Spec.MaxReplicas")]
    [InlineData(1, 2, "New size: 2; reason: Current number of replicas below Spec.MinReplicas")]
    public void Outside_of_its_bounds_it_needs_no_measure(int replicas, int scaled, string message)
    {
        Deploy(replicas);
        Autoscale(2, 10);
        lab.Run(20);
        Assert.Equal(scaled, lab.Web.Spec.Replicas);
        Assert.Contains($"Normal SuccessfulRescale {message}", lab.EventsOf("HorizontalPodAutoscaler"));
    }

    [Fact]
    public void A_target_that_is_not_there_is_named()
    {
        Autoscale(1, 10, "lost");
        lab.Run(20);
        Assert.Equal(["Warning FailedGetScale deployments.apps \"lost\" not found"], lab.EventsOf("HorizontalPodAutoscaler"));
        Assert.Contains(Status.Conditions, c => c is { Type: "AbleToScale", Status: "False", Reason: "FailedGetScale" });
    }

    [Fact]
    public void Two_autoscalers_of_the_same_pods_do_nothing_and_say_why()
    {
        metrics.CpuOfAll = 4_000;
        Autoscale(1, 10);
        lab.Api.Create(lab.Api.Get<HorizontalPodAutoscaler>("default", "web").WithMetadata(new() { Name = "second", Namespace = "default" }));
        lab.Run(40);
        Assert.Contains(
            lab.EventsOf("HorizontalPodAutoscaler"),
            e => e == "Warning AmbiguousSelector pods by selector app=web are controlled by multiple HPAs: [{second default} {web default}]");
    }

    private static MetricSpec Cpu { get; } = new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = 50 } } };

    private HorizontalPodAutoscalerStatus Status => lab.Api.Get<HorizontalPodAutoscaler>("default", "web").Status;

    private void Deploy(int replicas)
    {
        if (lab.Api.Find<Deployment>("default", "web") is not null)
        {
            lab.Change(s => s with { Replicas = replicas });
        }
        else
        {
            var resources = new ResourceRequirements { Requests = ResourceList.Of(("cpu", Quantity.Parse("1"))) };
            lab.Deploy(replicas, change: s => s with { Template = s.Template with { Spec = s.Template.Spec with { Containers = [s.Template.Spec.Containers[0] with { Resources = resources }] } } });
        }

        lab.Run(10);
    }

    private void Autoscale(int min, int max, params MetricSpec[] lines) => Autoscale(min, max, "web", lines);

    private void Autoscale(int min, int max, string target, params MetricSpec[] lines) => lab.Api.Create(new HorizontalPodAutoscaler
    {
        Metadata = new() { Name = "web", Namespace = "default" },
        Spec = new()
        {
            ScaleTargetRef = new() { Kind = "Deployment", Name = target, ApiVersion = "apps/v1" },
            MinReplicas = min,
            MaxReplicas = max,
            Metrics = lines.Length == 0 ? [Cpu] : [.. lines],
        },
    });
}
