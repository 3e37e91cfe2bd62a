using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.ServiceAccounts;

public sealed class ServiceAccountControllerTests
{
    private readonly ControllerLab lab = new();

    [Fact]
    public void Every_namespace_has_an_account_and_gets_it_back()
    {
        lab.Run(1);
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], lab.Api.List<ServiceAccount>().Select(a => a.Metadata.Namespace));
        lab.Api.Create(new Namespace { Metadata = new() { Name = "new" } });
        lab.Api.Delete<ServiceAccount>("default", "default");
        lab.Run(1);
        Assert.NotNull(lab.Api.Find<ServiceAccount>("new", "default"));
        Assert.NotNull(lab.Api.Find<ServiceAccount>("default", "default"));
    }

    [Fact]
    public void A_namespace_goes_with_its_account()
    {
        lab.Api.Create(new Namespace { Metadata = new() { Name = "new" } });
        lab.Run(1);
        lab.Api.Delete<Namespace>("", "new");
        lab.Run(60);
        Assert.Null(lab.Api.Find<Namespace>("", "new"));
        Assert.Null(lab.Api.Find<ServiceAccount>("new", "default"));
    }

    [Fact]
    public void The_root_certificate_is_published_everywhere_and_kept()
    {
        lab.Manager.RootCertificate = "first";
        lab.Run(1);
        Assert.Equal(4, lab.Api.List<ConfigMap>().Count(m => m.Metadata.Name == "kube-root-ca.crt" && m.Data["ca.crt"] == "first"));
        lab.Manager.RootCertificate = "second";
        lab.Api.Delete<ConfigMap>("default", "kube-root-ca.crt");
        lab.Run(1);
        Assert.Equal(4, lab.Api.List<ConfigMap>().Count(m => m.Data["ca.crt"] == "second"));
    }
}
