using KubeLab.Http.Serving;

namespace KubeLab.Http.Tests.Architecture;

public sealed class RingTests
{
    [Fact]
    public void The_door_references_lower_rings_only_and_nothing_below_references_it()
    {
        var references = typeof(ClusterServer).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.Empty(references.Intersect(["KubeLab.Notebook", "KubeLab.Web", "lab"]));
        Assert.DoesNotContain(typeof(Lab).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_public_classes_are_sealed() =>
        Assert.All(typeof(ClusterServer).Assembly.GetExportedTypes(), t => Assert.True(t.IsSealed, t.FullName));
}
