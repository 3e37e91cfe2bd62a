namespace KubeLab.Tests.Observing;

public sealed class ClusterRecorderTests
{
    private const string Job = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: skim}
        spec:
          completions: 3
          parallelism: 3
          template:
            spec:
              restartPolicy: Never
              containers: [{name: skim, image: kubelab/job, env: [{name: DURATION_SECONDS, value: "600"}], resources: {requests: {cpu: "1"}}}]
        """;

    [Fact]
    public void A_pod_that_has_ended_and_is_still_being_deleted_reserves_nothing()
    {
        using var cluster = Lab.Open(seed: 3, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        for (var i = 0; i < 3; i++)
        {
            cluster.Apply(Job);
            cluster.RunFor(60);
            Assert.Equal(3, cluster.Job("skim").Active);
            cluster.Kubectl("delete job skim");
        }

        var worker = cluster.Recorder.ResourcesPerNode.Single(n => n.Node == "workers-1").Cpu;
        Assert.Equal(3, worker.Requested.Samples.Max(s => s.Value));
    }
}
