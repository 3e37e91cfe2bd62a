using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;

namespace KubeLab.KubectlText.Autoscaling;

/// <summary><c>kubectl autoscale</c>: an autoscaler for something that can be scaled.</summary>
internal sealed class AutoscaleCommand : Command
{
    public override string Name => "autoscale";

    public override string Summary => "Create an autoscaler that automatically chooses and sets the number of pods.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Int("min", value: -1).Int("max", value: -1).Int("cpu-percent", value: -1).Text("name")
        .Bool("save-config").Text("field-manager", value: "kubectl-autoscale");

    public override void Run(Session session, Arguments arguments)
    {
        if (!arguments.Has("max"))
        {
            throw Failure.Error("required flag(s) \"max\" not set");
        }

        var (min, max) = (arguments.Int("min"), arguments.Int("max"));
        if (max < 1)
        {
            throw Failure.Error($"--max=MAXPODS is required and must be at least 1, max: {max}");
        }

        if (max < min)
        {
            throw Failure.Error($"--max=MAXPODS must be larger or equal to --min=MINPODS, max: {max}, min: {min}");
        }

        var result = new ResultPrinter(session, arguments);
        var infos = new Finder(session, arguments).Find(arguments.Words);
        foreach (var info in infos)
        {
            session.Try(() => Autoscale(session, arguments, result, info));
        }
    }

    private static void Autoscale(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        var resource = info.Resource;
        if (!resource.Subresources.Exists(s => s == "scale"))
        {
            throw Failure.Error($"cannot autoscale a {resource.Kind}: could not find scale subresource for "
                + $"{resource.Group}/{resource.Version}, Resource={resource.Plural} in discovery information");
        }

        JsonNode hpa = Make(session, arguments, info);
        var isOwn = result.IsClientDryRun;
        if (!isOwn)
        {
            var path = Api.Autoscaling.HorizontalPodAutoscaler.Resource.Path(info.Namespace) + result.Query(arguments.Text("field-manager"));
            hpa = session.Api.Post(path, arguments.Bool("save-config") ? Applying.LastApplied.In(hpa) : hpa);
        }

        result.Print(Printing.ObjectFormat.NameOf(hpa), hpa, isOwn ? "created" : "autoscaled", isOwn);
    }

    private static JsonObject Make(Session session, Arguments arguments, Info info)
    {
        var metadata = new JsonObject { ["name"] = arguments.Text("name") is { Length: > 0 } name ? name : info.Name };
        if (session.IsNamespaceGiven)
        {
            metadata["namespace"] = session.Namespace;
        }

        metadata["creationTimestamp"] = null;
        var spec = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["kind"] = info.Resource.Kind, ["name"] = info.Name, ["apiVersion"] = info.Resource.ApiVersion },
        };
        if (arguments.Int("min") is > 0 and var min)
        {
            spec["minReplicas"] = min;
        }

        spec["maxReplicas"] = arguments.Int("max");
        if (arguments.Int("cpu-percent") is >= 0 and var percent)
        {
            var target = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = percent };
            spec["metrics"] = new JsonArray(new JsonObject { ["type"] = "Resource", ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = target } });
        }

        return new JsonObject
        {
            ["kind"] = "HorizontalPodAutoscaler",
            ["apiVersion"] = "autoscaling/v2",
            ["metadata"] = metadata,
            ["spec"] = spec,
            ["status"] = new JsonObject { ["desiredReplicas"] = 0, ["currentMetrics"] = null },
        };
    }
}
