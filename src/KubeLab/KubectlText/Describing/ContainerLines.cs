using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Containers, as pods and pod templates show them.</summary>
internal static class ContainerLines
{
    /// <summary>Writes containers with the status of each, where there is one.</summary>
    /// <param name="text">The description.</param>
    /// <param name="title">What they are called.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="statuses">Their statuses; absent in a template.</param>
    /// <param name="pod">The pod, for values that point into it; absent in a template.</param>
    /// <param name="indent">Spaces before the title.</param>
    public static void Containers(this Description text, string title, Json containers, Json statuses, Json pod, string indent = "")
    {
        text.Line(0, $"{indent}{title}:{(containers.Count == 0 ? " <none>" : "")}");
        foreach (var container in containers.Items)
        {
            var status = statuses.Items.FirstOrDefault(s => s["name"].Text == container["name"].Text);
            Basics(text, container, status, indent);
            Words(text, "Command", container["command"]);
            Words(text, "Args", container["args"]);
            if (status.Exists)
            {
                State(text, "State", status["state"]);
                if (status["lastState"]["terminated"].Exists)
                {
                    State(text, "Last State", status["lastState"]);
                }

                text.Field("Ready", status["ready"].IsTrue ? "True" : "False", 2).Field("Restart Count", status["restartCount"].Or("0"), 2);
            }

            Resources(text, "Limits", container["resources"]["limits"]);
            Resources(text, "Requests", container["resources"]["requests"]);
            text.FieldIfAny("Liveness", ProbeText.Of(container["livenessProbe"]), 2);
            text.FieldIfAny("Readiness", ProbeText.Of(container["readinessProbe"]), 2);
            text.FieldIfAny("Startup", ProbeText.Of(container["startupProbe"]), 2);
            EnvironmentLines.Write(text, container, pod);
            Mounts(text, container["volumeMounts"]);
        }
    }

    private static void Basics(Description text, Json container, Json status, string indent)
    {
        text.Line(1, $"{(indent.Length > 0 ? " " : "")}{container["name"].Text}:");
        if (status.Exists)
        {
            text.Field("Container ID", status["containerID"].Text, 2);
        }

        text.Field("Image", container["image"].Text, 2);
        if (status.Exists)
        {
            text.Field("Image ID", status["imageID"].Text, 2);
        }

        Ports(text, "Port", container["ports"], "containerPort");
        Ports(text, "Host Port", container["ports"], "hostPort");
        text.FieldIfAny("SeccompProfile", container["securityContext"]["seccompProfile"]["type"].Text, 2);
    }

    private static void Ports(Description text, string title, Json ports, string field)
    {
        var all = string.Join(", ", ports.Items.Select(port =>
            $"{port[field].Or("0")}/{port["protocol"].Text}{(port["name"].Text.Length > 0 ? $" ({port["name"].Text})" : "")}"));
        text.Field(ports.Count > 1 ? $"{title}s" : title, all.Length > 0 ? all : "<none>", 2);
    }

    private static void Words(Description text, string title, Json words)
    {
        if (words.Count == 0)
        {
            return;
        }

        text.Line(2, $"{title}:");
        foreach (var line in words.Items.SelectMany(word => word.Text.Split('\n')))
        {
            text.Line(3, line);
        }
    }

    private static void State(Description text, string title, Json state)
    {
        if (state["running"] is { Exists: true } running)
        {
            text.Field(title, "Running", 2).Field("Started", Description.Date(running["startedAt"]), 3);
        }
        else if (state["terminated"] is { Exists: true } ended)
        {
            text.Field(title, "Terminated", 2).FieldIfAny("Reason", ended["reason"].Text, 3).FieldIfAny("Message", ended["message"].Text, 3)
                .Field("Exit Code", ended["exitCode"].Or("0"), 3);
            if (ended["signal"].Int > 0)
            {
                text.Field("Signal", ended["signal"].Text, 3);
            }

            text.Field("Started", Description.Date(ended["startedAt"]), 3).Field("Finished", Description.Date(ended["finishedAt"]), 3);
        }
        else
        {
            text.Field(title, "Waiting", 2).FieldIfAny("Reason", state["waiting"]["reason"].Text, 3);
        }
    }

    private static void Resources(Description text, string title, Json resources)
    {
        if (resources.Count > 0)
        {
            text.Line(2, $"{title}:");
        }

        foreach (var (name, quantity) in Metadata.Quantities(resources))
        {
            text.Field(name, quantity, 3);
        }
    }

    private static void Mounts(Description text, Json mounts)
    {
        text.Line(2, mounts.Count == 0 ? "Mounts:\t<none>" : "Mounts:");
        foreach (var mount in mounts.Items.OrderBy(m => m["mountPath"].Text, StringComparer.Ordinal))
        {
            var path = mount["subPath"].Text;
            text.Line(3, $"{mount["mountPath"].Text} from {mount["name"].Text} ({(mount["readOnly"].IsTrue ? "ro" : "rw")}"
                + $"{(path.Length > 0 ? $",path={GoQuote.Quote(path)}" : "")})");
        }
    }
}
