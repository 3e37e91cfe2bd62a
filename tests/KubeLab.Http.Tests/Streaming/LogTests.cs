using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.Http.Tests.Streaming;

public sealed class LogTests
{
    private const string Log = "api/v1/namespaces/default/pods/web/log";

    [Fact]
    public async Task A_followed_log_answers_at_once_tells_each_line_and_ends_with_the_container()
    {
        await using var served = await ServedPods.WebAsync(Shell("echo first; sleep 100; echo second; sleep 100"));
        using var client = served.Client();
        using var answer = await client.GetAsync(new Uri($"{Log}?follow=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("first", await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        var second = lines.ReadLineAsync();
        Assert.False(second.IsCompleted);
        await served.On(c => c.RunFor(100));
        Assert.Equal("second", await second.WaitAsync(TimeSpan.FromSeconds(30)));
        await served.On(c => c.RunFor(101));
        Assert.Null(await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Instants_before_lines_and_in_the_question_are_the_clients()
    {
        await using var served = await ServedPods.WebAsync(Shell("echo old; sleep 3600; echo young; sleep 9000"));
        await served.On(c => c.RunFor(3700));
        using var client = served.Client();
        var wall = TimeProvider.System.GetUtcNow();
        var all = await client.GetStringAsync(new Uri($"{Log}?timestamps=true", UriKind.Relative));
        var instants = all.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => DateTimeOffset.Parse(l.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        Assert.InRange((wall - instants[0]).TotalSeconds, 3600, 3760);
        Assert.InRange((instants[1] - instants[0]).TotalSeconds, 3600, 3601);
        var since = wall.AddMinutes(-30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal("young\n", await client.GetStringAsync(new Uri($"{Log}?sinceTime={since}", UriKind.Relative)));
        Assert.EndsWith("Z young\n", await client.GetStringAsync(new Uri($"{Log}?timestamps=true&tailLines=1", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_makes_the_log_wait_and_nothing_grow()
    {
        await using var served = await ServedPods.WebAsync(Shell("while true; do seq 1 2000; sleep 1; done"));
        using var client = served.Client();
        using var answer = await client.GetAsync(new Uri($"{Log}?follow=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        // Fifty megabytes are written; what is not read stays unread, in the script.
        var before = await served.On(c => Memory());
        await served.On(c => c.RunFor(5000));
        Assert.InRange(await served.On(c => Memory()) - before, long.MinValue, 20 << 20);
        for (var i = 0; i < 200_000; i++)
        {
            Assert.Equal(((i % 2000) + 1).ToString(CultureInfo.InvariantCulture), await lines.ReadLineAsync());
        }
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static Container Shell(string script) => new() { Name = "web", Image = "busybox:1.36", Command = ["sh", "-c", script] };
}
