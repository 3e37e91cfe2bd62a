using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create quota</c>.</summary>
internal sealed class CreateQuotaCommand : NewObjectCommand
{
    public override string Name => "create quota";

    public override IReadOnlyList<string> Aliases => ["resourcequota"];

    public override string Summary => "Create a quota with the specified name.";

    protected override Flags Own(Flags flags) => flags.Text("hard").Text("scopes");

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var spec = new JsonObject();
        if (arguments.Text("hard") is { Length: > 0 } hard)
        {
            spec["hard"] = new JsonObject(hard.Split(',').Select(one => one.Split('=', 2) is [var key, var amount]
                ? KeyValuePair.Create(key, (JsonNode?)Setting.Amounts.Parse(amount))
                : throw Failure.Error($"invalid argument syntax {one}, expected <resource>=<value>")));
        }

        if (arguments.Text("scopes") is { Length: > 0 } scopes)
        {
            spec["scopes"] = new JsonArray([.. scopes.Split(',').Select(scope => (JsonNode)scope)]);
        }

        return new JsonObject
        {
            ["kind"] = "ResourceQuota",
            ["apiVersion"] = "v1",
            ["metadata"] = Meta(name),
            ["spec"] = spec,
            ["status"] = new JsonObject(),
        };
    }
}

/// <summary><c>kubectl create poddisruptionbudget</c>.</summary>
internal sealed class CreateBudgetCommand : NewObjectCommand
{
    public override string Name => "create poddisruptionbudget";

    public override IReadOnlyList<string> Aliases => ["pdb"];

    public override string Summary => "Create a pod disruption budget with the specified name.";

    protected override string RefusalStart => "failed to create poddisruptionbudgets: ";

    protected override Flags Own(Flags flags) => flags.Text("min-available").Text("max-unavailable").Text("selector");

    protected override void Demand(Arguments arguments)
    {
        var (min, max) = (arguments.Text("min-available"), arguments.Text("max-unavailable"));
        if (arguments.Text("selector").Length == 0)
        {
            throw Failure.Error("a selector must be specified");
        }

        if (min.Length == 0 && max.Length == 0)
        {
            throw Failure.Error("one of min-available or max-unavailable must be specified");
        }

        if (min.Length > 0 && max.Length > 0)
        {
            throw Failure.Error("min-available and max-unavailable cannot be both specified");
        }
    }

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var spec = new JsonObject();
        foreach (var (flag, field) in new[] { ("min-available", "minAvailable"), ("max-unavailable", "maxUnavailable") })
        {
            if (arguments.Text(flag) is { Length: > 0 } text)
            {
                spec[field] = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
            }
        }

        var labels = arguments.Text("selector").Split(',').Select(one => one.Split('=', StringSplitOptions.RemoveEmptyEntries));
        spec["selector"] = new JsonObject
        {
            ["matchLabels"] = new JsonObject(labels.Select(pair => pair.Length == 2
                ? KeyValuePair.Create(pair[0].Trim(), (JsonNode?)pair[1].Trim())
                : throw Failure.Error($"couldn't parse the selector string \"{arguments.Text("selector")}\""))),
        };
        return new JsonObject
        {
            ["kind"] = "PodDisruptionBudget",
            ["apiVersion"] = "policy/v1",
            ["metadata"] = Meta(name),
            ["spec"] = spec,
            ["status"] = new JsonObject { ["disruptionsAllowed"] = 0, ["currentHealthy"] = 0, ["desiredHealthy"] = 0, ["expectedPods"] = 0 },
        };
    }
}

/// <summary><c>kubectl create priorityclass</c>.</summary>
internal sealed class CreatePriorityClassCommand : NewObjectCommand
{
    public override string Name => "create priorityclass";

    public override IReadOnlyList<string> Aliases => ["pc"];

    public override string Summary => "Create a priority class with the specified name.";

    protected override Flags Own(Flags flags) => flags.Int("value").Bool("global-default").Text("description").Text("preemption-policy", value: "PreemptLowerPriority");

    protected override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var made = new JsonObject
        {
            ["kind"] = "PriorityClass",
            ["apiVersion"] = "scheduling.k8s.io/v1",
            ["metadata"] = Meta(name),
            ["value"] = arguments.Int("value"),
        };
        if (arguments.Bool("global-default"))
        {
            made["globalDefault"] = true;
        }

        if (arguments.Text("description") is { Length: > 0 } description)
        {
            made["description"] = description;
        }

        made["preemptionPolicy"] = arguments.Text("preemption-policy");
        return made;
    }
}

/// <summary><c>kubectl create serviceaccount</c>.</summary>
internal sealed class CreateServiceAccountCommand : NewObjectCommand
{
    public override string Name => "create serviceaccount";

    public override IReadOnlyList<string> Aliases => ["sa"];

    public override string Summary => "Create a service account with the specified name.";

    protected override Flags Own(Flags flags) => flags;

    protected override JsonNode Make(Session session, Arguments arguments, string name) =>
        new JsonObject { ["kind"] = "ServiceAccount", ["apiVersion"] = "v1", ["metadata"] = Meta(name) };
}
