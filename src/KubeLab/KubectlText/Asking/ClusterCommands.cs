using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Asking;

/// <summary><c>kubectl version</c>.</summary>
internal sealed class VersionCommand : Command
{
    /// <summary>The kubectl whose output is printed.</summary>
    public const string Client = "v1.33.1";

    private const string Kustomize = "v5.6.0";

    public override string Name => "version";

    public override string Summary => "Print the client and server version information for the current context.";

    public override Flags Flags => new Flags().Bool("client").Text("output", 'o');

    public override void Run(Session session, Arguments arguments)
    {
        session.Out($"Client Version: {Client}\nKustomize Version: {Kustomize}\n");
        if (!arguments.Bool("client"))
        {
            session.Out($"Server Version: {new Json(session.Api.Get("/version"))["gitVersion"].Text}\n");
        }
    }
}

/// <summary><c>kubectl cluster-info</c>.</summary>
internal sealed class ClusterInfoCommand : Command
{
    public override string Name => "cluster-info";

    public override string Summary => "Display addresses of the control plane and services with label kubernetes.io/cluster-service=true.";

    public override void Run(Session session, Arguments arguments)
    {
        var query = new Query().With("labelSelector", "kubernetes.io/cluster-service=true");
        var services = new Json(session.Api.Get($"/api/v1/namespaces/kube-system/services{query}"))["items"];
        session.Out($"Kubernetes control plane is running at {session.Host.Server}\n");
        foreach (var service in services.Items)
        {
            var name = service["metadata"]["labels"]["kubernetes.io/name"].Or(service["metadata"]["name"].Text);
            session.Out($"{name} is running at {session.Host.Server}/api/v1/namespaces/kube-system/services/{service["metadata"]["name"].Text}/proxy\n");
        }

        session.Out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    }
}

/// <summary><c>kubectl api-resources</c>.</summary>
internal sealed class ApiResourcesCommand : Command
{
    public override string Name => "api-resources";

    public override string Summary => "Print the supported API resources on the server.";

    public override Flags Flags => new Flags().Text("output", 'o').Bool("no-headers").Text("api-group").Bool("namespaced", value: true)
        .List("verbs").List("categories").Text("sort-by").Bool("cached");

    public override void Run(Session session, Arguments arguments)
    {
        if (!arguments.Bool("cached"))
        {
            session.Discovery.Forget();
        }

        var resources = session.Discovery.Preferred
            .Where(r => !arguments.Has("api-group") || r.Group == arguments.Text("api-group"))
            .Where(r => !arguments.Has("namespaced") || r.Namespaced == arguments.Bool("namespaced"))
            .Where(r => arguments.List("verbs").All(verb => r.Verbs.Contains(verb)) && arguments.List("categories").All(category => r.Categories.Contains(category)));
        resources = arguments.Text("sort-by") switch
        {
            "" => resources.OrderBy(r => r.Group, StringComparer.Ordinal).ThenBy(r => r.Plural, StringComparer.Ordinal),
            "name" => resources.OrderBy(r => r.Plural, StringComparer.Ordinal),
            "kind" => resources.OrderBy(r => r.Kind, StringComparer.Ordinal),
            _ => throw Failure.Error("--sort-by accepts only name or kind"),
        };
        var output = arguments.Text("output");
        if (output == "name")
        {
            session.Out(string.Concat(resources.Select(r => $"{r.QualifiedName}\n")));
            return;
        }

        if (output is not ("" or "wide"))
        {
            throw Failure.Error($"--output {output} is not available");
        }

        var writer = TabWriter.ForTables();
        var isWide = output == "wide";
        writer.Write(arguments.Bool("no-headers") ? "" : $"NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND{(isWide ? "\tVERBS\tCATEGORIES" : "")}\n");
        foreach (var r in resources)
        {
            writer.Write($"{r.Plural}\t{string.Join(',', (IEnumerable<string>)r.ShortNames)}\t{r.ApiVersion}\t{(r.Namespaced ? "true" : "false")}\t{r.Kind}"
                + (isWide ? $"\t{string.Join(',', (IEnumerable<string>)r.Verbs)}\t{string.Join(',', (IEnumerable<string>)r.Categories)}" : "") + "\n");
        }

        session.Out(writer.Take());
    }
}

/// <summary><c>kubectl api-versions</c>.</summary>
internal sealed class ApiVersionsCommand : Command
{
    public override string Name => "api-versions";

    public override string Summary => "Print the supported API versions on the server, in the form of \"group/version\".";

    public override void Run(Session session, Arguments arguments) =>
        session.Out(string.Concat(session.Discovery.GroupVersions().Order(StringComparer.Ordinal).Select(version => $"{version}\n")));
}
