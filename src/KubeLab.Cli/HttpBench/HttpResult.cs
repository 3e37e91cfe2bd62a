using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Cli.HttpBench;

/// <summary>What <c>lab bench http</c> measured at one speed.</summary>
/// <param name="Speed">Simulated over real time.</param>
/// <param name="Pods">How many pods ran.</param>
/// <param name="Rows">Each kind of request.</param>
/// <param name="Watch">Many watches.</param>
internal sealed record HttpResult(double Speed, int Pods, IReadOnlyList<HttpRow> Rows, WatchResult Watch)
{
    private string SpeedText => double.IsPositiveInfinity(Speed) ? "max" : Speed.ToString(CultureInfo.InvariantCulture);

    public string ToJson() => new JsonObject
    {
        ["speed"] = SpeedText,
        ["pods"] = Pods,
        ["requests"] = new JsonArray([.. Rows.Select(r => new JsonObject
        {
            ["request"] = r.Request,
            ["connections"] = r.Connections,
            ["p50Milliseconds"] = Math.Round(r.P50, 3),
            ["p99Milliseconds"] = Math.Round(r.P99, 3),
            ["perSecond"] = Math.Round(r.PerSecond),
            ["processorMilliseconds"] = Math.Round(r.ProcessorTime, 3),
        })]),
        ["watchers"] = Watch.Watchers,
        ["bytesPerWatcher"] = Watch.BytesPerWatcher,
        ["watchEventsPerSecond"] = Math.Round(Watch.EventsPerSecond),
        ["paceAlone"] = Math.Round(Watch.PaceAlone, 2),
        ["paceWatched"] = Math.Round(Watch.PaceWatched, 2),
    }.ToJsonString();

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"speed {SpeedText}, {Pods} pods, TLS, client and server in one process\n");
        foreach (var row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {row.Request,-10} {row.Connections,2} connections  p50 {row.P50,7:F2} ms  p99 {row.P99,7:F2} ms  {row.PerSecond,7:N0}/s  {row.ProcessorTime,6:F2} ms of a core each\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  {Watch.Watchers:N0} watchers: {Watch.BytesPerWatcher / 1000.0:F1} kB each (both ends), {Watch.EventsPerSecond:N0} events/s told; the clock's pace {Watch.PaceAlone:N2} without them, {Watch.PaceWatched:N2} while they are open");
        return text.ToString();
    }
}

/// <summary>One kind of request over so many connections.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Connections">How many ask at once.</param>
/// <param name="P50">Half of the answers took less, in milliseconds.</param>
/// <param name="P99">Of a hundred answers one took more, in milliseconds.</param>
/// <param name="PerSecond">Answers per second, all connections together.</param>
/// <param name="ProcessorTime">What one cost the whole process, client and server, in milliseconds of a core.</param>
internal sealed record HttpRow(string Request, int Connections, double P50, double P99, double PerSecond, double ProcessorTime);

/// <summary>What many watches cost.</summary>
/// <param name="Watchers">How many.</param>
/// <param name="BytesPerWatcher">Live heap for each, client and server together.</param>
/// <param name="EventsPerSecond">How many events were told, all watches together.</param>
/// <param name="PaceAlone">Simulated over real time before they were opened.</param>
/// <param name="PaceWatched">The same while they are open and nothing that they watch changes.</param>
internal sealed record WatchResult(int Watchers, long BytesPerWatcher, double EventsPerSecond, double PaceAlone, double PaceWatched);
