using KubeLab.Simulated;
using KubeLab.Testing;
using KubeLab.Tests.KubectlText;

namespace KubeLab.Tests.Simulated;

public sealed class SpotTests
{
    [Fact]
    public void A_preemption_is_told_as_it_was_before()
    {
        using var cluster = Cluster();
        cluster.SpotPreemptions(0);
        var path = SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "transcripts", "spot.txt");
        Golden.Compare(path, Transcript.Replay(cluster, File.ReadAllText(path)));
    }

    [Fact]
    public void A_job_whose_machines_go_at_random_ends_nevertheless_and_the_story_repeats()
    {
        using var cluster = Cluster();
        cluster.SpotPreemptions(1);
        cluster.Apply("""
            apiVersion: batch/v1
            kind: Job
            metadata: {name: fit}
            spec:
              completions: 4
              parallelism: 4
              backoffLimit: 100
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: fit, image: "busybox:1.36", command: [sleep, "3600"], resources: {requests: {cpu: 500m}}}
            """);
        cluster.RunUntil(c => c.Job("fit").Succeeded == 4, TimeSpan.FromDays(2));
        Assert.NotEmpty(cluster.Cloud.Preemptions);
        Assert.True(cluster.Job("fit").Failed > 0);

        using var again = cluster.Branch();
        Assert.Equal(cluster.Cloud.Preemptions, again.Cloud.Preemptions);
    }

    [Fact]
    public void A_zone_that_has_run_out_delays_a_pool_until_it_has_machines_again()
    {
        using var cluster = Cluster();
        cluster.RunOut("n2", lasting: TimeSpan.FromMinutes(10));
        cluster.AddNodePool("fast", "n2-standard-4", 1, wait: false);
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(cluster.Nodes(), n => n.Metadata.Name == "fast-1");
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Contains(cluster.Nodes(), n => n.Metadata.Name == "fast-1");
    }

    private static SimulatedCluster Cluster()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(1);
        cluster.AddNodePool("cheap", "e2-standard-4", 2, spot: true);
        return cluster;
    }
}
