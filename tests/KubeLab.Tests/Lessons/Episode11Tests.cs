using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 11 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode11Tests
{
    private const string Physics = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: physics}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: quota, namespace: physics}
        spec: {hard: {requests.cpu: QUOTA}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: analysis, namespace: physics}
        spec:
          replicas: COPIES
          strategy: {type: STRATEGY}
          selector: {matchLabels: {app: analysis}}
          template:
            metadata: {labels: {app: analysis}}
            spec: {containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: REQUEST}}}]}
        """;

    [Theory]
    [InlineData("", "", "", false, "no namespace \"red\"")]
    [InlineData("requests.cpu=3900m", "requests.cpu=3900m", "", false, "no quota of the namespace blue has requests.cpu")]
    [InlineData("requests.cpu=3900m", "limits.cpu=3900m", "requests.cpu=3900m", false, "the quota of green counts limits.cpu")]
    [InlineData("requests.cpu=4", "requests.cpu=4", "requests.cpu=4", false, "together they may request 12000m, and pods may request 11760m")]
    [InlineData("requests.cpu=4", "requests.cpu=4", "requests.cpu=3", false, "not all the same: red 4000m, green 4000m, blue 3000m")]
    [InlineData("requests.cpu=3", "requests.cpu=3", "requests.cpu=3", false, "more than a tenth is for nobody")]
    [InlineData("requests.cpu=3900m", "requests.cpu=3900m", "cpu=3900m", true, "3900m for each, 11700m of 11760m")]
    public void Fair_shares(string red, string green, string blue, bool passes, string says)
    {
        using var cluster = Workers();
        foreach (var (team, hard) in new[] { ("red", red), ("green", green), ("blue", blue) })
        {
            if (red.Length > 0)
            {
                cluster.Kubectl($"create namespace {team}");
            }

            if (hard.Length > 0)
            {
                cluster.Kubectl($"create quota fair --hard={hard} -n {team}");
            }
        }

        AssertSays(passes, says, Check(cluster, "E11.1"));
    }

    [Theory]
    [InlineData("5", true, "5 × 780m = 3900m")]
    [InlineData("6", false, "6 × 780m = 4680m")]
    [InlineData("5.1", false, "5.1 × 780m = 3978m")]
    [InlineData("4", false, "one more fits")]
    [InlineData("all", false, "give one number")]
    public void Copies_under_a_quota(string answer, bool passes, string says) => AssertSays(passes, says, Check("E11.2", answer));

    [Theory]
    [InlineData("\"4\"", 8, "780m", "RollingUpdate", false, "5 of 8 copies are available, and nothing was changed")]
    [InlineData("\"5\"", 8, "780m", "RollingUpdate", false, "the quota is 5000m, and 8 × 780m are 6240m")]
    [InlineData("\"7\"", 8, "780m", "RollingUpdate", true, "the quota is 7000m now")]
    [InlineData("\"4\"", 5, "780m", "RollingUpdate", false, "5 copies are wanted now")]
    [InlineData("\"4\"", 8, "600m", "RollingUpdate", false, "8 × 600m are 4800m")]
    [InlineData("\"4\"", 8, "500m", "RollingUpdate", false, "the old copies hold the quota")]
    [InlineData("\"4\"", 8, "500m", "Recreate", true, "each copy requests less now")]
    [InlineData("\"7\"", 8, "500m", "RollingUpdate", false, "both the quota and the Deployment")]
    public void One_object_is_changed(string quota, int copies, string request, string strategy, bool passes, string says)
    {
        using var cluster = Workers();
        AssertSays(false, "no deployment \"analysis\"", Check(cluster, "E11.3"));
        cluster.Apply(Text("\"4\"", 8, "780m", "RollingUpdate"));
        cluster.RunFor(60);
        cluster.Kubectl("apply -f -", stdin: Text(quota, copies, request, strategy));
        cluster.RunFor(15 * 60);
        AssertSays(passes, says, Check(cluster, "E11.3"));
        cluster.Kubectl("delete quota quota -n physics");
        AssertSays(false, "is gone", Check(cluster, "E11.3"));
    }

    [Theory]
    [InlineData("yes no no yes no yes no yes no yes", true, "a team's own")]
    [InlineData("Yes NO no yes no yes no yes no yes", true, "a team's own")]
    [InlineData("yes no yes yes no yes no yes no no", false, "look again at PersistentVolume and ResourceQuota")]
    [InlineData("? ? ? ? ? ? ? ? ? ?", false, "give ten words")]
    [InlineData("yes no", false, "give ten words")]
    public void In_a_namespace_or_not(string answer, bool passes, string says) => AssertSays(passes, says, Check("E11.4", answer.Split(' ')));

    private static string Text(string quota, int copies, string request, string strategy) => Physics
        .Replace("QUOTA", quota, StringComparison.Ordinal).Replace("COPIES", $"{copies}", StringComparison.Ordinal)
        .Replace("REQUEST", request, StringComparison.Ordinal).Replace("STRATEGY", strategy, StringComparison.Ordinal);

    private static Cluster Workers()
    {
        var cluster = Lab.Open(seed: 12, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 3);
        return cluster;
    }

    private static CheckResult Check(string id, params string[] answer)
    {
        using var cluster = Lab.Open(target: "simulated");
        return cluster.Lesson("11").Check(id, [.. answer]);
    }

    private static CheckResult Check(Cluster cluster, string id) => cluster.Lesson("11").Check(id);

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}
