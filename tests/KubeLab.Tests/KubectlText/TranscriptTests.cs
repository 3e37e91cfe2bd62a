using KubeLab.KubectlText;
using KubeLab.Simulated;
using KubeLab.Testing;

namespace KubeLab.Tests.KubectlText;

public sealed class TranscriptTests
{
    [Theory]
    [InlineData("pods")]
    [InlineData("apply")]
    [InlineData("rollout")]
    [InlineData("sets")]
    [InlineData("nodes")]
    [InlineData("exec")]
    [InlineData("control-plane")]
    [InlineData("pressure")]
    [InlineData("autoscaling")]
    [InlineData("vertical")]
    public void A_story_is_told_as_it_was_before(string name)
    {
        var path = PathOf(name);
        var kept = File.ReadAllText(path);
        Golden.Compare(path, Transcript.Replay(Cluster(), kept));
    }

    [Theory]
    [InlineData("masters")]
    [InlineData("quorum")]
    public void A_story_of_three_masters_is_told_as_it_was_before(string name)
    {
        var path = PathOf(name);
        var kept = File.ReadAllText(path);
        Golden.Compare(path, Transcript.Replay(Cluster(masters: 3), kept));
    }

    [Fact]
    public void Apply_throws_what_kubectl_printed()
    {
        var refusal = Assert.Throws<KubectlException>(() => Cluster().Apply("apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n"));
        Assert.StartsWith("error: resource mapping not found for name: \"x\" namespace: \"\" from \"STDIN\": no matches for kind \"Nope\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_plane_that_is_away_refuses_the_connection()
    {
        using var cluster = Cluster();
        cluster.Kill("master-1");
        var output = cluster.Kubectl("get pods");
        Assert.Equal("The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n", output.StdErr);
        Assert.Equal(1, output.ExitCode);
    }

    private static SimulatedCluster Cluster(int masters = 1)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(masters);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        return cluster;
    }

    private static string PathOf(string name) => SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "transcripts", $"{name}.txt");
}
