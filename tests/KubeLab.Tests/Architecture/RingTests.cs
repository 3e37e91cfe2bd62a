using System.Reflection;

namespace KubeLab.Tests.Architecture;

public sealed class RingTests
{
    private static readonly Dictionary<string, int> Rings = new()
    {
        ["KubeLab.Api"] = 0,
        ["KubeLab.Simulation"] = 0,
        ["KubeLab.Etcd"] = 1,
        ["KubeLab.ApiServer"] = 2,
        ["KubeLab.Client"] = 2,
        ["KubeLab.Cloud"] = 2,
        ["KubeLab.Scheduling"] = 3,
        ["KubeLab.Autoscaling"] = 3,
        ["KubeLab.Controllers"] = 3,
        ["KubeLab.Nodes"] = 3,
        ["KubeLab.Charts"] = 3,
        ["KubeLab"] = 4,
    };

    public static TheoryData<string> Projects => [.. Rings.Keys];

    // As upstream, node autoscaling asks the scheduler's own filters: see src/decisions/0007-where-autoscalers-live.md.
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_lower_rings_only(string project)
    {
        var wrong = Assembly.Load(project).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("KubeLab", StringComparison.Ordinal))
            .Where(name => Rings[name] >= Rings[project] && (project, name) is not ("KubeLab.Autoscaling", "KubeLab.Scheduling"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_components_meet_only_through_the_API()
    {
        string[] components = ["KubeLab.Scheduling", "KubeLab.Autoscaling", "KubeLab.Controllers", "KubeLab.Nodes"];
        string[] servers = ["KubeLab.ApiServer", "KubeLab.Etcd", "KubeLab.Cloud"];
        foreach (var component in components)
        {
            var references = Assembly.Load(component).GetReferencedAssemblies().Select(a => a.Name!);
            Assert.Empty(references.Intersect(servers));
        }
    }

    [Fact]
    public void Every_project_of_the_library_has_a_ring()
    {
        var loaded = Assembly.Load("KubeLab").GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("KubeLab", StringComparison.Ordinal));
        Assert.Empty(loaded.Except(Rings.Keys));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Public_classes_are_sealed_or_made_to_be_derived_from(string project)
    {
        var open = Assembly.Load(project).GetExportedTypes()
            .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Select(t => t.FullName);
        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_public_static_state_can_be_changed(string project)
    {
        var changeable = Assembly.Load(project).GetExportedTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral)
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}");
        var settable = Assembly.Load(project).GetExportedTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(p => p.SetMethod is { IsPublic: true })
            .Select(p => $"{p.DeclaringType!.FullName}.{p.Name}");
        Assert.Empty(changeable.Concat(settable));
    }
}
