using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Http.Time;

namespace KubeLab.Http.Tests.Time;

public sealed class InstantFieldsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"metadata":{"creationTimestamp":"2026-01-01T08:00:00Z"}}""", """{"metadata":{"creationTimestamp":"2026-01-01T09:00:00Z"}}""")]
    [InlineData("""{"spec":{"renewTime":"2026-01-01T08:00:00.123456Z"}}""", """{"spec":{"renewTime":"2026-01-01T09:00:00.123456Z"}}""")]
    [InlineData("""{"creationTimestamp":null,"b":"x"}""", """{"creationTimestamp":null,"b":"x"}""")]
    [InlineData("""{"annotations":{"startTime":"2026-01-01T08:00:00Z"}}""", """{"annotations":{"startTime":"2026-01-01T08:00:00Z"}}""")]
    [InlineData("""{"data":{"time":"2026-01-01T08:00:00Z"},"time":"2026-01-01T08:00:00Z"}""", """{"data":{"time":"2026-01-01T08:00:00Z"},"time":"2026-01-01T09:00:00Z"}""")]
    [InlineData("""{"env":[{"name":"time","value":"2026-01-01T08:00:00Z"}]}""", """{"env":[{"name":"time","value":"2026-01-01T08:00:00Z"}]}""")]
    [InlineData("""{"startTime":"2026-01-01 08:00:00Z"}""", """{"startTime":"2026-01-01 08:00:00Z"}""")]
    [InlineData("""{"startTime":"2026-01-01T08:00""", """{"startTime":"2026-01-01T08:00""")]
    public void Instants_move_and_what_people_wrote_stays(string before, string after) =>
        Assert.Equal(after, Text(InstantFields.MoveInJson(Bytes(before), t => t.AddHours(1))));

    [Fact]
    public void Cells_of_date_columns_move_and_others_stay()
    {
        const string Row = """{"cells":["2026-01-01T08:00:00Z","2026-01-01T08:00:00Z",3],"object":{"metadata":{"creationTimestamp":"2026-01-01T08:00:00Z"}}}""";
        const string Moved = """{"cells":["2026-01-01T08:00:00Z","2026-01-01T09:00:00Z",3],"object":{"metadata":{"creationTimestamp":"2026-01-01T09:00:00Z"}}}""";
        const string Columns = """[{"name":"Name","type":"string","format":"name"},{"name":"Created At","type":"date"},{"name":"N","type":"integer"}]""";
        var columns = new DateColumns();
        string Line(string definitions, string row) => $$"""{"kind":"Table","columnDefinitions":{{definitions}},"rows":[{{row}},{{row}}]}""";
        Assert.Equal(Line(Columns, Moved), Text(InstantFields.MoveInJson(Bytes(Line(Columns, Row)), t => t.AddHours(1), columns)));

        // The later lines of a watch name no columns.
        Assert.Equal(Line("null", Moved), Text(InstantFields.MoveInJson(Bytes(Line("null", Row)), t => t.AddHours(1), columns)));
    }

    [Fact]
    public void Yaml_moves_as_JSON_does()
    {
        const string Before = "metadata:\n  creationTimestamp: \"2026-01-01T08:00:00Z\"\n  name: time\nstatus:\n- startTime: 2026-01-01T08:00:00Z\n";
        var after = Text(InstantFields.MoveInYaml(Bytes(Before), t => t.AddHours(1)));
        Assert.Equal(Before.Replace("T08:", "T09:", StringComparison.Ordinal), after);
    }

    [Fact]
    public void What_moves_out_comes_back_as_it_was() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            ArbMap.Default.ArbFor<int>(),
            (distance, age) =>
            {
                var now = Start.AddHours(30);
                var anchor = new TimeAnchor(now.AddSeconds(distance), now);
                var instant = now.AddSeconds(-Math.Abs(age % 100_000));
                var wall = anchor.ToWall(instant, now, now.AddSeconds(distance));
                return anchor.ToVirtual(wall) == instant;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_past_of_a_fast_cluster_is_never_in_the_clients_future()
    {
        var wall = new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero);
        var anchor = new TimeAnchor(wall, Start);
        var later = Start.AddMinutes(10);
        var wallLater = wall.AddSeconds(10);
        Assert.Equal(wallLater, anchor.ToWall(later.AddSeconds(-5), later, wallLater));
        Assert.Equal(wall.AddSeconds(-60), anchor.ToWall(Start.AddSeconds(-60), later, wallLater));
        Assert.Equal(wallLater.AddSeconds(30), anchor.ToWall(later.AddSeconds(30), later, wallLater));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
