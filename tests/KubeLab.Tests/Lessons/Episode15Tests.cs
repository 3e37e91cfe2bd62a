using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 15 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode15Tests
{
    private const string Shop = """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          type: LoadBalancer
          selector: {app: shop}
          ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: orders}
        spec:
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 100Gi}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: database}
        spec:
          containers: [{name: db, image: "nginx:1.27"}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]
        """;

    [Theory]
    [InlineData("60", true, "by the second")]
    [InlineData("40", false, "there is a minimum")]
    [InlineData("3600", false, "a whole hour")]
    [InlineData("0", false, "for which of them")]
    [InlineData("a minute", false, "give one number")]
    public void Seconds_that_are_billed(string answer, bool passes, string says) => AssertSays(passes, says, Check("E15.1", answer));

    [Theory]
    [InlineData("460", true, "= 460 h")]
    [InlineData("459.9", true, "= 460 h")]
    [InlineData("270", false, "what the promise takes off")]
    [InlineData("730", false, "meet earlier")]
    [InlineData("0", false, "whatever you use")]
    [InlineData("", false, "give one number")]
    public void Hours_from_which_a_promise_is_cheaper(string answer, bool passes, string says) => AssertSays(passes, says, Check("E15.3", answer));

    [Theory]
    [InlineData("10", true, "on average 90 %")]
    [InlineData("20", false, "second quarter only")]
    [InlineData("15", false, "grew evenly")]
    [InlineData("30", false, "the whole month")]
    [InlineData("0", false, "four quarters")]
    [InlineData("?", false, "give one number")]
    public void Percent_of_sustained_use(string answer, bool passes, string says) => AssertSays(passes, says, Check("E15.5", answer));

    [Theory]
    [InlineData("0", "?", "?", "give the number of machines")]
    [InlineData("90", "e2-standard-44", "europe-west4", "e2-standard-44")]
    [InlineData("90", "e2-standard-4", "mars", "mars")]
    [InlineData("90", "n1-standard-4", "europe-west4", "no price of n1-standard-4")]
    [InlineData("101", "e2-standard-4", "europe-west4", "404 CPUs, and the quota is 400")]
    [InlineData("1000000000", "e2-standard-16", "europe-west4", "the quota is 400")]
    [InlineData("12", "e2-standard-4", "europe-west4", "far longer than 10 hours")]
    public void Campaigns_that_need_not_be_run(string nodes, string machine, string region, string says) => AssertSays(false, says, Check("E15.2", nodes, machine, region));

    [Theory]
    [InlineData("45", "e2-standard-4", "europe-west4", false, "180 in all, and 173 files have to wait")]
    [InlineData("90", "e2-standard-4", "europe-west4", false, "too dear")]
    [InlineData("90", "e2-standard-4", "us-central1", true, "4 jobs fit on a machine")]
    [InlineData("18", "e2-standard-16", "europe-west4", true, "20 jobs fit on a machine")]
    public void Campaigns_are_run_and_judged(string nodes, string machine, string region, bool passes, string says) => AssertSays(passes, says, Check("E15.2", nodes, machine, region));

    [Fact]
    public void What_survives_is_counted_until_nothing_is_left()
    {
        using var cluster = Lab.Open(seed: 11, target: "simulated");
        AssertSays(false, "there was no shop", Look(cluster));
        cluster.AddManagedMasters();
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        cluster.KeepInBucket("results", 330);
        cluster.ReserveAddress("last-year");
        cluster.Apply(Shop);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        AssertSays(false, "the cluster itself still runs", Look(cluster));
        cluster.Delete();
        AssertSays(false, "5 things still cost", Look(cluster));
        foreach (var name in cluster.StillRented().Things.Select(t => t.Name).Where(n => n != "results").Distinct())
        {
            cluster.GiveBack(name);
        }

        AssertSays(false, "one thing still costs", Look(cluster));
        AssertSays(false, "a bucket", Look(cluster));
        cluster.GiveBack("results");
        AssertSays(true, "nothing is rented any more", Look(cluster));
    }

    private static CheckResult Look(Cluster cluster) => cluster.Lesson("15").Check("E15.4");

    private static CheckResult Check(string id, params string[] answer)
    {
        using var cluster = Lab.Open(target: "simulated");
        return cluster.Lesson("15").Check(id, [.. answer]);
    }

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}
