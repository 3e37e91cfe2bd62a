using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;

namespace KubeLab.KubectlText.Getting;

/// <summary><c>kubectl get</c>.</summary>
/// <remarks>Upstream: k8s.io/kubectl/pkg/cmd/get.</remarks>
internal sealed class GetCommand : Command
{
    public override string Name => "get";

    public override string Summary => "Display one or many resources.";

    public override Flags Flags => new Flags().Files().Output().Selector().Bool("all-namespaces", 'A').Bool("watch", 'w').Bool("watch-only")
        .Bool("output-watch-events").Bool("ignore-not-found").Bool("show-labels").List("label-columns", 'L').Text("sort-by").Bool("no-headers")
        .Bool("show-kind").Int("chunk-size", value: 500).Text("raw").Bool("server-print", value: true).Text("subresource");

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Text("raw") is { Length: > 0 } raw)
        {
            session.Out(session.Api.Text(raw));
            return;
        }

        var request = new GetRequest(session, arguments);
        if (ObjectFormat.Of(arguments) is { } format && !arguments.Bool("watch") && !arguments.Bool("watch-only"))
        {
            PrintObjects(session, arguments, request, format);
            return;
        }

        var words = request.Words();
        if (arguments.Bool("watch") || arguments.Bool("watch-only"))
        {
            new GetWatch(session, arguments, request).Run(words);
            return;
        }

        new GetTables(session, arguments, request).Print(words);
    }

    private static void PrintObjects(Session session, Arguments arguments, GetRequest request, ObjectFormat format)
    {
        var words = request.Words();
        var objects = new List<JsonNode>();
        foreach (var word in words)
        {
            session.Try(() => objects.AddRange(request.Objects(word)));
        }

        var isSingle = words.Count == 1 && words[0].Name is not null;
        if (session.Failures.Count > 0 && (isSingle || objects.Count == 0))
        {
            return;
        }

        if (isSingle && objects.Count == 0)
        {
            return;
        }

        if (arguments.Text("sort-by") is { Length: > 0 } path)
        {
            objects = ObjectSorter.Sort(objects, path, item => item);
        }

        if (format.Columns is { } columns)
        {
            session.Out(columns.Print(objects, arguments.Bool("no-headers")));
        }
        else if (format.IsName)
        {
            session.Out(string.Concat(objects.Select(item => format.Print(item))));
        }
        else
        {
            session.Out(format.Print(isSingle ? objects[0] : ListOf(objects)));
        }
    }

    private static JsonObject ListOf(IEnumerable<JsonNode> items) => new()
    {
        ["apiVersion"] = "v1",
        ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        ["kind"] = "List",
        ["metadata"] = new JsonObject { ["resourceVersion"] = "" },
    };
}
