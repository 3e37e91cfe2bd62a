using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Getting;

/// <summary>Prints the server's tables one below the other, an empty line between kinds.</summary>
internal sealed class GetTables(Session session, Arguments arguments, GetRequest request)
{
    public void Print(List<ResourceWord> words)
    {
        var tables = new List<(ApiResource Resource, JsonNode Table)>();
        foreach (var word in words)
        {
            session.Try(() =>
            {
                if (Fetch(word) is { } table)
                {
                    tables.Add((word.Resource, table));
                }
            });
        }

        // Only kinds that were found count, so a name that is missing adds no prefix.
        var withKind = arguments.Bool("show-kind") || tables.Select(pair => pair.Resource).Distinct().Count() > 1;
        var hasPrinted = false;
        var writer = TabWriter.ForTables();
        TablePrinter? printer = null;
        ApiResource? last = null;
        foreach (var (resource, table) in tables)
        {
            if (resource != last)
            {
                hasPrinted |= Put(writer.Take(), hasPrinted);
                writer = TabWriter.ForTables();
                printer = new(OptionsFor(arguments, resource, withKind));
                last = resource;
            }

            printer!.Print(table, writer);
        }

        hasPrinted |= Put(writer.Take(), hasPrinted);
        if (!hasPrinted && session.Failures.Count == 0 && !arguments.Bool("ignore-not-found"))
        {
            var isNamespaced = words.TrueForAll(word => word.Resource.Namespaced) && !arguments.Bool("all-namespaces");
            session.Error(isNamespaced ? $"No resources found in {session.Namespace} namespace.\n" : "No resources found\n");
        }
    }

    /// <summary>What is added to the table of a resource.</summary>
    public static TableOptions OptionsFor(Arguments arguments, ApiResource resource, bool withKind) => new()
    {
        Wide = arguments.Text("output") == "wide",
        NoHeaders = arguments.Bool("no-headers"),
        WithNamespace = arguments.Bool("all-namespaces") && resource.Namespaced,
        Kind = withKind ? Info.KindName(resource) : null,
        LabelColumns = arguments.List("label-columns"),
        ShowLabels = arguments.Bool("show-labels"),
    };

    private JsonNode? Fetch(ResourceWord word)
    {
        var sortBy = arguments.Text("sort-by");
        var table = request.Table(word, withObjects: sortBy.Length > 0);
        if (table is null)
        {
            return null;
        }

        table = new Json(table)["kind"].Text == "Table" && arguments.Bool("server-print") ? table : PlainTable.Of(table, session.Host.Now);
        if (sortBy.Length > 0 && table["rows"] is JsonArray rows)
        {
            var sorted = ObjectSorter.Sort([.. rows.OfType<JsonNode>()], sortBy, row => row["object"], demandsField: false);
            rows.Clear();
            foreach (var row in sorted)
            {
                rows.Add(row);
            }
        }

        return table;
    }

    private bool Put(string text, bool hasPrinted)
    {
        if (text.Length == 0)
        {
            return false;
        }

        session.Out(hasPrinted && !arguments.Bool("no-headers") ? "\n" + text : text);
        return true;
    }
}
