using KubeLab.Api.Core;
using KubeLab.Controllers.CloudNodes;

namespace KubeLab.Tests.Controllers.CloudNodes;

/// <summary>Upstream's rules of cloud-provider/controllers/nodelifecycle.</summary>
public sealed class CloudNodeVerdictTests
{
    [Theory]
    [InlineData("True", false, false, false, "None")]
    [InlineData("True", true, true, false, "None")]
    [InlineData("True", true, false, true, "UnmarkShutdown")]
    [InlineData("False", false, false, false, "Delete")]
    [InlineData("Unknown", false, false, true, "Delete")]
    [InlineData("Unknown", true, false, false, "None")]
    [InlineData("Unknown", true, true, false, "MarkShutdown")]
    [InlineData("Unknown", true, true, true, "None")]
    [InlineData(null, false, false, false, "Delete")]
    [InlineData(null, true, false, false, "None")]
    public void A_node_goes_only_when_it_is_silent_and_its_machine_is_gone(string? ready, bool exists, bool isShutdown, bool isMarked, string expected)
    {
        var node = new Node
        {
            Metadata = new() { Name = "n" },
            Spec = new() { Taints = isMarked ? [new Taint { Key = "node.cloudprovider.kubernetes.io/shutdown", Effect = "NoSchedule" }] : [] },
            Status = new() { Conditions = ready is null ? [] : [new Condition { Type = "Ready", Status = ready }] },
        };
        Assert.Equal(expected, CloudNodeVerdict.Of(node, _ => exists, _ => isShutdown).ToString());
        Assert.Equal(ready != "True" || isMarked, CloudNodeVerdict.IsSuspect(node));
    }
}
