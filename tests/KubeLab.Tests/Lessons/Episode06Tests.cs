using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 06 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode06Tests
{
    private const string Ward = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ward}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: quota, namespace: ward}
        spec: {hard: {pods: "4"}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: heavy, namespace: ward}
        spec: {containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: CPU}}}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shy, namespace: ward}
        spec: {SHY, containers: [{name: app, image: "nginx:1.27"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: picky, namespace: ward}
        spec: {PICKY, containers: [{name: app, image: "nginx:1.27"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: thirsty, namespace: ward}
        spec: {volumes: [{name: data, VOLUME}], containers: [{name: app, image: "nginx:1.27"}]}
        """;

    [Theory]
    [InlineData("4 4 4 4 3", true, "up to 905m")]
    [InlineData("5 5 5 5 4", false, "5 pods of 750m would request 3750m")]
    [InlineData("4 4 4 4 4", false, "4 pods of 1000m")]
    [InlineData("4 4 3 3 3", false, "800m: one more fits")]
    [InlineData("4", false, "give five numbers")]
    [InlineData("many of them on each node", false, "give five numbers")]
    public void How_many_fit(string answer, bool passes, string says)
    {
        using var cluster = Lab.Open(target: "simulated");
        AssertSays(passes, says, cluster.Lesson("06").Check("E06.1", [.. answer.Split(' ')]));
    }

    [Theory]
    [InlineData("", 30, 353, 700, false, "no job \"batch\"")]
    [InlineData("{requests: {cpu: 780m}}", 30, 12, 700, false, "12 completions, and there are 353")]
    [InlineData("{requests: {cpu: 780m}, limits: {memory: 1Gi}}", 30, 353, 700, false, "pods were killed for their memory")]
    [InlineData("{requests: {cpu: 780m}}", 30, 353, 200, false, "of 353 pods have succeeded so far")]
    [InlineData("{requests: {cpu: 780m}}", 9, 353, 4000, false, "never more than 3 ran")]
    [InlineData("{requests: {cpu: 500m}}", 30, 353, 4000, false, "up to 7 ran")]
    [InlineData("{requests: {cpu: 906m}}", 30, 353, 4000, false, "never more than 3 ran")]
    [InlineData("{requests: {cpu: 905m, memory: 2Gi}}", 30, 353, 4000, true, "4 at a time on each of 3 nodes")]
    public void Batches_are_judged_by_when_their_pods_ran(string resources, int parallelism, int completions, int seconds, bool passes, string says)
    {
        using var cluster = Workers();
        Reserve(cluster);
        if (resources.Length > 0)
        {
            cluster.Apply($$"""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: batch}
                spec:
                  completions: {{completions}}
                  parallelism: {{parallelism}}
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: file
                          image: kubelab/job
                          env: [{name: MEMORY_MIB, value: "1740"}]
                          resources: {{resources}}
                """);
        }

        cluster.RunFor(seconds);
        AssertSays(passes, says, cluster.Lesson("06").Check("E06.2"));
    }

    [Fact]
    public void Each_of_the_five_has_a_hint_of_its_own()
    {
        using var cluster = Workers();
        AssertSays(false, "no pod \"heavy\"", Check(cluster, "E06.3"));
        cluster.Kubectl("label node workers-3 team=higgs");
        cluster.Kubectl("taint node workers-3 team=higgs:NoSchedule");
        const string Chosen = "nodeSelector: {team: higgs}", Claim = "persistentVolumeClaim: {claimName: results}";
        Move(cluster, "\"4\"", Chosen, "nodeSelector: {disk: ssd}", Claim);
        AssertSays(false, "heavy is Pending: it requests more CPU", Check(cluster, "E06.3"));
        Move(cluster, "\"1\"", "nodeName: workers-1", "nodeSelector: {disk: ssd}", Claim);
        AssertSays(false, "shy has to stay", Check(cluster, "E06.3"));
        Move(cluster, "\"1\"", Chosen, "nodeSelector: {disk: ssd}", Claim);
        AssertSays(false, "shy is Pending: the only node", Check(cluster, "E06.3"));
        cluster.Kubectl("taint node workers-3 team-");
        cluster.RunFor(30);
        AssertSays(false, "lost its taint", Check(cluster, "E06.3"));
        cluster.Kubectl("taint node workers-3 team=higgs:NoSchedule");
        AssertSays(false, "picky is Pending: no node has the label", Check(cluster, "E06.3"));
        Move(cluster, "\"1\"", Chosen + ", tolerations: [{operator: Exists}]", "nodeName: workers-1", Claim);
        AssertSays(false, "picky really needs", Check(cluster, "E06.3"));
        cluster.Kubectl("label node workers-1 disk=ssd");
        Move(cluster, "\"1\"", Chosen + ", tolerations: [{operator: Exists}]", "nodeSelector: {disk: ssd}", "emptyDir: {}");
        AssertSays(false, "it keeps its claim", Check(cluster, "E06.3"));
        Move(cluster, "\"1\"", Chosen + ", tolerations: [{operator: Exists}]", "nodeSelector: {disk: ssd}", Claim);
        AssertSays(false, "thirsty is Pending: it names a claim", Check(cluster, "E06.3"));
        cluster.Kubectl("create deployment fifth --image=nginx:1.27 -n ward");
        cluster.Apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: results, namespace: ward}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """);
        cluster.RunFor(60);
        AssertSays(false, "fifth has no pod", Check(cluster, "E06.3"));
        cluster.Kubectl("patch resourcequota quota -n ward -p '{\"spec\":{\"hard\":{\"pods\":\"5\"}}}'");
        cluster.RunFor(600);
        AssertSays(true, "five reasons", Check(cluster, "E06.3"));
    }

    [Theory]
    [InlineData("{}", false, "steady is BestEffort")]
    [InlineData("{requests: {cpu: 1}}", false, "steady is Burstable")]
    [InlineData("{limits: {cpu: 1, memory: 400Mi}}", false, "is its memory limit above that")]
    [InlineData("{limits: {cpu: 500m, memory: 600Mi}}", false, "Its own limit throttles it")]
    [InlineData("{limits: {cpu: 1, memory: 600Mi}}", true, "in each of 180 seconds")]
    public void Neighbours_are_tried_in_a_branch(string resources, bool passes, string says)
    {
        using var cluster = Workers();
        cluster.Apply($$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: steady}
            spec:
              containers:
                - name: app
                  image: kubelab/server
                  env: [{name: CPU_MILLIS, value: "900"}, {name: MEMORY_MIB, value: "500"}]
                  resources: {{resources}}
            """);
        cluster.RunFor(60);
        var now = cluster.Now;
        AssertSays(passes, says, Check(cluster, "E06.4"));
        Assert.Equal(now, cluster.Now);
        Assert.False(cluster.Pod("neighbour-1").Exists);
    }

    /// <summary>What the system keeps for itself on each node, as the lesson has it.</summary>
    private static void Reserve(Cluster cluster)
    {
        cluster.Apply("""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agents, namespace: kube-system}
            spec:
              selector: {matchLabels: {app: agents}}
              template:
                metadata: {labels: {app: agents}}
                spec: {containers: [{name: agent, image: kubelab/server, resources: {requests: {cpu: 300m}}}]}
            """);
        cluster.RunFor(30);
    }

    private static void Move(Cluster cluster, string cpu, string shy, string picky, string volume)
    {
        cluster.Kubectl("delete pods heavy shy picky thirsty -n ward --ignore-not-found");
        cluster.RunFor(5);
        cluster.Apply(Ward.Replace("CPU", cpu, StringComparison.Ordinal).Replace("SHY", shy, StringComparison.Ordinal)
            .Replace("PICKY", picky, StringComparison.Ordinal).Replace("VOLUME", volume, StringComparison.Ordinal));
        cluster.RunFor(30);
    }

    private static Cluster Workers()
    {
        var cluster = Lab.Open(seed: 16, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 3);
        return cluster;
    }

    private static CheckResult Check(Cluster cluster, string id) => cluster.Lesson("06").Check(id);

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}
