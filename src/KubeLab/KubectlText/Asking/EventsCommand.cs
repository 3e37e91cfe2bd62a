using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Asking;

/// <summary><c>kubectl events</c>.</summary>
internal sealed class EventsCommand : Command
{
    public override string Name => "events";

    public override string Summary => "List events.";

    public override Flags Flags => new Flags().Output().Bool("all-namespaces", 'A').Text("for").List("types").Bool("no-headers").Bool("watch", 'w')
        .Int("chunk-size", value: 500);

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Bool("watch"))
        {
            throw Failure.Error("events -w is not offered here; use kubectl get events -w");
        }

        if (arguments.List("types").Any(type => !type.Equals("Normal", StringComparison.OrdinalIgnoreCase) && !type.Equals("Warning", StringComparison.OrdinalIgnoreCase)))
        {
            throw Failure.Error("valid --types are Normal or Warning");
        }

        var isEverywhere = arguments.Bool("all-namespaces");
        var resource = ResourceWords.Type(session, "events");
        var query = new Query().With("fieldSelector", Selector(session, arguments.Text("for")));
        var events = new Json(session.Api.List(resource, isEverywhere ? null : session.Namespace, query, arguments.Int("chunk-size")))["items"].Items
            .Where(e => arguments.List("types").Count == 0 || arguments.List("types").Contains(e["type"].Text, StringComparer.OrdinalIgnoreCase))
            .OrderBy(Last)
            .ToList();
        if (events.Count == 0)
        {
            session.Error(isEverywhere ? "No events found.\n" : $"No events found in {session.Namespace} namespace.\n");
            return;
        }

        if (ObjectFormat.Of(arguments) is { } format)
        {
            // The real one prints nothing of a list for -o name.
            session.Out(format.IsName ? "" : format.Print(EventObjects.List(events), isOwn: true));
            return;
        }

        var writer = TabWriter.ForTables();
        if (!arguments.Bool("no-headers"))
        {
            writer.Write($"{(isEverywhere ? "NAMESPACE\t" : "")}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n");
        }

        var clock = new Description(session.Host.Now);
        foreach (var e in events)
        {
            writer.Write($"{(isEverywhere ? e["metadata"]["namespace"].Text + "\t" : "")}{EventLines.Age(clock, e)}\t{e["type"].Text}\t{e["reason"].Text}\t"
                + $"{e["involvedObject"]["kind"].Text}/{e["involvedObject"]["name"].Text}\t{Escaping.Cell(e["message"].Text.Trim())}\n");
        }

        session.Out(writer.Take());
    }

    private static string Selector(Session session, string target)
    {
        if (target.Length == 0)
        {
            return "";
        }

        var parts = target.Split('/');
        if (parts.Length != 2 || parts[1].Length == 0)
        {
            throw Failure.Error("--for must be in resource/name form");
        }

        var resource = session.Discovery.Find(parts[0]) ?? throw new Failure($"the server doesn't have a resource type \"{parts[0]}\"");
        return $"involvedObject.kind={resource.Kind},involvedObject.apiVersion={resource.ApiVersion},involvedObject.name={parts[1]}";
    }

    private static DateTimeOffset Last(Json e) =>
        e["series"]["lastObservedTime"].Time ?? e["lastTimestamp"].Time ?? e["eventTime"].Time ?? DateTimeOffset.MinValue;
}
