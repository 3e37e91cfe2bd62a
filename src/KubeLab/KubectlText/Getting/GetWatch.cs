using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Getting;

/// <summary><c>kubectl get -w</c>: the table, and a line for each change, for a while of the cluster's time.</summary>
/// <remarks>A terminal watches until Ctrl-C; a cell has to end, so it watches for a minute, or as long as <c>--request-timeout</c> says.</remarks>
internal sealed class GetWatch(Session session, Arguments arguments, GetRequest request)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public void Run(List<ResourceWord> words)
    {
        if (words.Count != 1)
        {
            throw Failure.Error("you may only specify a single resource type");
        }

        var word = words[0];
        if (ObjectFormat.Of(arguments) is { } format)
        {
            WatchObjects(word, format);
            return;
        }

        var table = request.Table(word, withObjects: false);
        if (table is null)
        {
            return;
        }

        var withEvent = arguments.Bool("output-watch-events");
        var printer = new TablePrinter(GetTables.OptionsFor(arguments, word.Resource, arguments.Bool("show-kind")));
        var writer = TabWriter.ForTables();
        if (!arguments.Bool("watch-only"))
        {
            printer.Print(table, writer, withEvent ? "ADDED" : null);
            session.Out(writer.Take());
        }

        Follow(request.Watch(word, VersionOf(table), MediaTypes.Table), (type, obj) =>
        {
            printer.Print(obj, writer, withEvent ? type : null);
            session.Out(writer.Take());
        });
    }

    private void WatchObjects(ResourceWord word, ObjectFormat format)
    {
        var version = "";
        void Show(JsonNode item) => session.Out(format.Columns is { } columns ? columns.Print([item], noHeaders: true) : format.Print(item));
        if (word.Name is null)
        {
            var query = new Query().With("labelSelector", arguments.Text("selector")).With("fieldSelector", arguments.Text("field-selector"));
            var list = session.Api.List(word.Resource, word.Resource.Namespaced && !arguments.Bool("all-namespaces") ? session.Namespace : null, query, 500);
            version = new Json(list)["metadata"]["resourceVersion"].Text;
            foreach (var item in new Json(list)["items"].Items)
            {
                Show(Finder.Typed(item.Node!, word.Resource));
            }
        }
        else
        {
            foreach (var item in request.Objects(word))
            {
                version = new Json(item)["metadata"]["resourceVersion"].Text;
                Show(item);
            }
        }

        Follow(request.Watch(word, version, MediaTypes.Json), (_, obj) => Show(obj.Node!));
    }

    private void Follow(KubectlRequest watch, Action<string, Json> show)
    {
        var limit = GoDuration.Parse(arguments.Text("request-timeout")) is { } asked && asked > TimeSpan.Zero ? asked : Limit;
        var until = session.Host.Now + limit;
        using var events = new EventStream(session.Host, watch);
        while (events.TryNext(until, out var type, out var obj))
        {
            show(type, obj);
        }
    }

    /// <summary>A list's version, or that of the one object in it.</summary>
    private static string VersionOf(JsonNode table)
    {
        var json = new Json(table);
        return json["metadata"]["resourceVersion"].Or(json["rows"][0]["object"]["metadata"]["resourceVersion"].Text);
    }
}
