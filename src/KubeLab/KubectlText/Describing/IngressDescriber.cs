using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes an Ingress: its rules and the endpoints behind them.</summary>
internal sealed class IngressDescriber : IDescriber
{
    public string Kind => "Ingress.networking.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json ingress = info.Object;
        var (metadata, spec) = (ingress["metadata"], ingress["spec"]);
        string Backend(Json backend) => BackendText(session, info.Namespace!, backend);
        text.Field("Name", info.Name);
        text.Labels("Labels", metadata["labels"]);
        text.Field("Namespace", metadata["namespace"].Text);
        text.Field("Address", string.Join(',', ingress["status"]["loadBalancer"]["ingress"].Items.Select(i => i["ip"].Or(i["hostname"].Text)).Order(StringComparer.Ordinal)));
        text.Field("Ingress Class", spec["ingressClassName"].Or("<none>"));
        text.Field("Default backend", spec["defaultBackend"].Exists ? Backend(spec["defaultBackend"]) : "<default>");
        if (spec["tls"].Count > 0)
        {
            text.Line(0, "TLS:");
            foreach (var tls in spec["tls"].Items)
            {
                var hosts = string.Join(',', tls["hosts"].Items.Select(h => h.Text));
                text.Line(1, tls["secretName"].Text is { Length: > 0 } secret ? $"{secret} terminates {hosts}" : $"SNI routes {hosts}");
            }
        }

        Rules(text, spec, Backend);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Events(showEvents ? EventLines.Fetch(session, ingress) : null);
    }

    private static void Rules(Description text, Json spec, Func<Json, string> backend)
    {
        text.Line(0, "Rules:\n  Host\tPath\tBackends").Line(1, "----\t----\t--------");
        var rules = spec["rules"].Items.Where(rule => rule["http"].Exists).ToList();
        foreach (var rule in rules)
        {
            text.Line(1, $"{rule["host"].Or("*")}\t");
            foreach (var path in rule["http"]["paths"].Items)
            {
                text.Line(2, $"\t{path["path"].Text} \t{backend(path["backend"])}");
            }
        }

        if (rules.Count == 0)
        {
            text.Line(1, $"*\t*\t{(spec["defaultBackend"].Exists ? backend(spec["defaultBackend"]) : "<default>")}");
        }
    }

    private static string BackendText(Session session, string ns, Json backend)
    {
        if (backend["resource"].Exists)
        {
            var resource = backend["resource"];
            return $"APIGroup: {resource["apiGroup"].Or("<none>")}, Kind: {resource["kind"].Text}, Name: {resource["name"].Text}";
        }

        var (name, port) = (backend["service"]["name"].Text, backend["service"]["port"]);
        var words = $"{name}:{(port["name"].Text is { Length: > 0 } named ? named : port["number"].Text)}";
        try
        {
            var service = new Json(session.Api.Get($"/api/v1/namespaces/{ns}/services/{name}"));
            var served = service["spec"]["ports"].Items.LastOrDefault(p => port["name"].Text.Length > 0 ? p["name"].Text == port["name"].Text : p["port"].Int == port["number"].Int);
            return $"{words} ({ServiceDescriber.Endpoints(ServiceDescriber.Slices(session, ns, name), served["name"].Text)})";
        }
        catch (StatusException refusal)
        {
            return $"{words} (<error: {refusal.Message}>)";
        }
    }
}

/// <summary>Describes an IngressClass.</summary>
internal sealed class IngressClassDescriber : IDescriber
{
    public string Kind => "IngressClass.networking.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json obj = info.Object;
        text.Field("Name", info.Name);
        text.Labels("Labels", obj["metadata"]["labels"]);
        text.Annotations("Annotations", obj["metadata"]["annotations"]);
        text.Field("Controller", obj["spec"]["controller"].Text);
        if (obj["spec"]["parameters"] is { Exists: true } parameters)
        {
            text.Line(0, "Parameters:").FieldIfAny("APIGroup", parameters["apiGroup"].Text, 1);
            text.Field("Kind", parameters["kind"].Text, 1).Field("Name", parameters["name"].Text, 1);
        }

        text.Events(showEvents ? EventLines.Fetch(session, obj) : null);
    }
}
