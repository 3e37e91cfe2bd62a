using System.Globalization;
using System.Text.RegularExpressions;
using KubeLab.Http.Tests.Kubectl;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Time;

/// <summary>A cluster that has lived days within seconds of the wall's time, and stands still: every kubectl sees its objects as old as they are.</summary>
public sealed class AgesAfterALeapTests
{
    private const string Workload = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: tick}
        spec:
          schedule: "0 * * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "busybox:1.36", command: [sleep, "30"]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: old}
        spec:
          containers: [{name: main, image: "nginx:1.27"}]
        """;

    public static TheoryData<string> Versions => [.. KubectlBinary.All.Where(k => k.Version.Minor is 20 or 27 or 30 or 33).Select(k => k.Version.ToString())];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Ages_are_those_of_the_cluster(string version)
    {
        var kubectl = KubectlBinary.All.Single(k => k.Version.ToString() == version);
        await using var served = await ServedCluster.StartAsync();
        using var home = new ServedHome(served);
        async Task<string> Run(string line, string? input = null)
        {
            var result = await home.RunAsync(kubectl, line, input);
            Assert.True(result.ExitCode == 0, $"{line}: {result.Output}{result.Error}");
            return result.Output;
        }

        await served.On(c =>
        {
            c.Kubectl("apply -f -", Workload);
            c.Kubectl($"apply -f {SourceTree.PathOf("tests", "KubeLab.Http.Tests", "testdata", "crontab-crd.yaml")}");
            c.RunFor(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(10));
            c.Kubectl("run young --image=nginx:1.27");
            c.RunFor(TimeSpan.FromMinutes(5));
        });

        // Since the last full hour, when the job began; it is far enough from the beginning for minutes without seconds.
        var minutes = (int)(await served.On(c => c.Now.TimeOfDay)).TotalMinutes % 60;
        Assert.InRange(minutes, 10, 59);
        var pods = await Run("get pods");
        Assert.Matches(@"(?m)^old +1/1 +Running +0 +3d\d*h?$", pods);
        Assert.Matches(@"(?m)^young +1/1 +Running +0 +5m\d*s?$", pods);
        Assert.Matches(@"(?m)^old +1/1 +Running +0 +3d\d*h? +10\.", await Run("get pods -o wide"));
        Near(TimeSpan.FromMinutes(5), Regex.Match(await Run("describe pod young"), "(?m)^Start Time: +(.*)$").Groups[1].Value);
        Assert.Matches(@"(?m)^  Normal +Scheduled +(5m\d*s?|4m5\ds) ", await Run("describe pod young"));
        Assert.Matches(@"(?m)^(5m\d*s?|4m5\ds) +Normal +Scheduled +pod/young", await Run("get events"));
        Near(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(15), Regex.Match(await Run("get crd"), @"(?m)^crontabs\S+ +(\S+)$").Groups[1].Value);
        var jobs = await Run("get jobs");
        Assert.True(Regex.IsMatch(jobs, $@"(?m)^tick-\d+ +(Complete +)?1/1 +3\ds +{minutes}m$"), jobs);
        var cronJobs = await Run("get cronjobs");
        Assert.True(Regex.IsMatch(cronJobs, $@"(?m)^tick +0 \* \* \* \* +(<none> +)?False +0 +{minutes}m +3d\d*h?$"), cronJobs);
        if (kubectl.Version.Minor > 20)
        {
            // That one asks for batch/v1beta1, which is gone since 1.25.
            Near(TimeSpan.FromMinutes(minutes), Regex.Match(await Run("describe cronjob tick"), "(?m)^Last Schedule Time: +(.*)$").Groups[1].Value);
        }

        var created = await Run("get pod old -o jsonpath={.metadata.creationTimestamp}");
        Near(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(15), created);
    }

    /// <summary>An instant is as long ago as it should be, but for what the commands themselves take.</summary>
    private static void Near(TimeSpan age, string instant)
    {
        var shown = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange((TimeProvider.System.GetUtcNow() - shown - age).TotalSeconds, -2, 120);
    }
}
