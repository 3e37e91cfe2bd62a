using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>What was run in this session, for <c>history_request</c>.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#history">History in Jupyter</seealso>
internal sealed class CellHistory
{
    private const int CellsMax = 10_000;
    private readonly Queue<(int Number, string Code)> cells = new();

    public void Add(int number, string code)
    {
        cells.Enqueue((number, code));
        if (cells.Count > CellsMax)
        {
            cells.Dequeue();
        }
    }

    public JsonObject Answer(JsonElement request)
    {
        var n = request.Number("n", int.MaxValue);
        var found = request.Text("hist_access_type") switch
        {
            "range" => cells.Where(c => c.Number >= request.Number("start", 0) && c.Number < request.Number("stop", int.MaxValue)),
            "search" => Matching(request.Text("pattern") ?? "*", request.Flag("unique", false)).TakeLast(n),
            _ => cells.TakeLast(n),
        };
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(c => new JsonArray(0, c.Number, c.Code))]),
        };
    }

    private IEnumerable<(int Number, string Code)> Matching(string pattern, bool isUnique)
    {
        var found = cells.Where(c => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, c.Code, ignoreCase: false));
        return isUnique ? found.Reverse().DistinctBy(c => c.Code).Reverse() : found;
    }
}
