using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

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
            hpa = Create(session, arguments, result, info, hpa);
        }

        result.Print(Printing.ObjectFormat.NameOf(hpa), hpa, isOwn ? "created" : "autoscaled", isOwn);
    }

    // Whatever the reason of a refusal, the older version is tried, and its refusal is the one that is told.
    private static JsonNode Create(Session session, Arguments arguments, ResultPrinter result, Info info, JsonNode hpa)
    {
        var newest = Api.Autoscaling.HorizontalPodAutoscaler.Resource;
        try
        {
            return Post(newest, hpa);
        }
        catch (StatusException)
        {
            return Post(newest with { Version = "v1" }, MakeOld(session, arguments, info));
        }

        JsonNode Post(ApiResource resource, JsonNode body) => session.Api.Post(
            resource.Path(info.Namespace) + result.Query(arguments.Text("field-manager")), arguments.Bool("save-config") ? Applying.LastApplied.In(body) : body);
    }

    private static JsonObject Make(Session session, Arguments arguments, Info info)
    {
        var spec = SpecOf(arguments, info);
        if (Percent(arguments) is { } percent)
        {
            var target = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = percent };
            spec["metrics"] = new JsonArray(new JsonObject { ["type"] = "Resource", ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = target } });
        }

        return Object("autoscaling/v2", session, arguments, info, spec, new JsonObject { ["desiredReplicas"] = 0, ["currentMetrics"] = null });
    }

    private static JsonObject MakeOld(Session session, Arguments arguments, Info info)
    {
        var spec = SpecOf(arguments, info);
        if (Percent(arguments) is { } percent)
        {
            spec["targetCPUUtilizationPercentage"] = percent;
        }

        return Object("autoscaling/v1", session, arguments, info, spec, new JsonObject { ["currentReplicas"] = 0, ["desiredReplicas"] = 0 });
    }

    private static long? Percent(Arguments arguments) => arguments.Int("cpu-percent") is >= 0 and var percent ? percent : null;

    private static JsonObject SpecOf(Arguments arguments, Info info)
    {
        var spec = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["kind"] = info.Resource.Kind, ["name"] = info.Name, ["apiVersion"] = info.Resource.ApiVersion },
        };
        if (arguments.Int("min") is > 0 and var min)
        {
            spec["minReplicas"] = min;
        }

        spec["maxReplicas"] = arguments.Int("max");
        return spec;
    }

    private static JsonObject Object(string apiVersion, Session session, Arguments arguments, Info info, JsonObject spec, JsonObject status)
    {
        var metadata = new JsonObject { ["name"] = arguments.Text("name") is { Length: > 0 } name ? name : info.Name };
        if (session.IsNamespaceGiven)
        {
            metadata["namespace"] = session.Namespace;
        }

        metadata["creationTimestamp"] = null;
        return new JsonObject { ["kind"] = "HorizontalPodAutoscaler", ["apiVersion"] = apiVersion, ["metadata"] = metadata, ["spec"] = spec, ["status"] = status };
    }
}
