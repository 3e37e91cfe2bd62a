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

    public override Flags Flags => new Flags().Text("output", 'o').Bool("no-headers").Text("api-group").Bool("namespaced", value: true);

    public override void Run(Session session, Arguments arguments)
    {
        var resources = session.Discovery.Resources
            .Where(r => !arguments.Has("api-group") || r.Group == arguments.Text("api-group"))
            .Where(r => !arguments.Has("namespaced") || r.Namespaced == arguments.Bool("namespaced"))
            .OrderBy(r => r.Group, StringComparer.Ordinal)
            .ThenBy(r => r.Plural, StringComparer.Ordinal);
        if (arguments.Text("output") == "name")
        {
            session.Out(string.Concat(resources.Select(r => $"{r.QualifiedName}\n")));
            return;
        }

        if (arguments.Text("output").Length > 0)
        {
            throw Failure.Error($"--output {arguments.Text("output")} is not available");
        }

        var writer = TabWriter.ForTables();
        writer.Write(arguments.Bool("no-headers") ? "" : "NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND\n");
        foreach (var r in resources)
        {
            writer.Write($"{r.Plural}\t{string.Join(',', (IEnumerable<string>)r.ShortNames)}\t{r.ApiVersion}\t{(r.Namespaced ? "true" : "false")}\t{r.Kind}\n");
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

/// <summary><c>kubectl config current-context</c>.</summary>
internal sealed class CurrentContextCommand : Command
{
    public override string Name => "config current-context";

    public override string Summary => "Display the current-context.";

    public override void Run(Session session, Arguments arguments) => session.Out($"{session.Host.Context}\n");
}
