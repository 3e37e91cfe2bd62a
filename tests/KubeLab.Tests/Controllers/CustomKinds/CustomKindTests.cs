using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.CustomKinds;

/// <summary>Controllers treat objects of users' own kinds as all others.</summary>
public sealed class CustomKindTests
{
    private static readonly ApiResource Things = ApiResource.Named("example.org/v1", "things", "Thing", true);
    private readonly ControllerLab lab = new();

    public CustomKindTests()
    {
        lab.Api.Create(new CustomResourceDefinition
        {
            Metadata = new() { Name = "things.example.org" },
            Spec = new()
            {
                Group = "example.org",
                Scope = "Namespaced",
                Names = new() { Plural = "things", Kind = "Thing" },
                Versions = [Version("v1", true), Version("v1alpha1", false)],
            },
        });
        lab.Run(1);
    }

    [Theory]
    [InlineData("example.org/v1")]
    [InlineData("example.org/v1alpha1")]
    public void What_a_custom_object_owns_goes_with_it(string apiVersion)
    {
        var owner = Make("owner");
        lab.Api.Create(Map("owned", Owner(owner, apiVersion)));
        lab.Run(1);
        Assert.NotNull(lab.Api.Find<ConfigMap>("default", "owned"));
        lab.Api.Delete(Things, ObjectKey.Of(owner), DeleteOptions.Default);
        lab.Run(1);
        Assert.Null(lab.Api.Find<ConfigMap>("default", "owned"));
    }

    [Fact]
    public void A_custom_object_goes_with_its_owner_and_in_the_foreground_before_it()
    {
        var owner = lab.Api.Create(Map("owner"));
        Make("owned", Owner(owner, "v1") with { BlockOwnerDeletion = true });
        lab.Run(1);
        lab.Api.Delete<ConfigMap>("default", "owner", new DeleteOptions { PropagationPolicy = "Foreground" });
        lab.Run(1);
        Assert.Null(lab.Api.Find(Things, new ObjectKey("default", "owned")));
        Assert.Null(lab.Api.Find<ConfigMap>("default", "owner"));
    }

    [Fact]
    public void What_the_objects_of_a_definition_own_goes_when_the_definition_does()
    {
        var owner = Make("owner");
        lab.Api.Create(Map("owned", Owner(owner, "example.org/v1")));
        lab.Run(1);
        lab.Api.Delete<CustomResourceDefinition>("", "things.example.org");
        lab.Run(10);
        Assert.Null(lab.Api.Find<CustomResourceDefinition>("", "things.example.org"));
        Assert.Null(lab.Api.Find<ConfigMap>("default", "owned"));
    }

    [Fact]
    public void A_namespace_that_goes_takes_custom_objects_along()
    {
        lab.Api.Create(new Namespace { Metadata = new() { Name = "shop" } });
        Make("one", ns: "shop");
        lab.Run(1);
        lab.Api.Delete<Namespace>("", "shop");
        lab.Run(30);
        Assert.Null(lab.Api.Find<Namespace>("", "shop"));
        Assert.Empty(lab.Api.List(Things, null, ListOptions.All).Items);
    }

    private static CustomResourceDefinitionVersion Version(string name, bool storage) => new()
    {
        Name = name,
        Served = true,
        Storage = storage,
        Schema = new() { OpenApiV3Schema = new OpaqueObject().With("type", JsonDocument.Parse("\"object\"").RootElement) },
    };

    private static OwnerReference Owner(IApiObject owner, string apiVersion) =>
        new() { ApiVersion = apiVersion, Kind = owner.Kind, Name = owner.Metadata.Name!, Uid = owner.Metadata.Uid! };

    private static ConfigMap Map(string name, params OwnerReference[] owners) =>
        new() { Metadata = new() { Name = name, Namespace = "default", OwnerReferences = owners.ToValueList() } };

    private IApiObject Make(string name, OwnerReference? owner = null, string ns = "default") => lab.Api.Create(
        Things,
        new CustomObject("example.org/v1", "Thing", new() { Name = name, Namespace = ns, OwnerReferences = owner is null ? default : [owner] }, null),
        WriteOptions.Default);
}
