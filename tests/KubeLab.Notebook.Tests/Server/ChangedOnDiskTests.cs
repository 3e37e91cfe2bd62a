using System.Net;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Tests.Server;

/// <summary>A file that another program has changed is not overwritten before somebody has been told.</summary>
public sealed class ChangedOnDiskTests(ServedLab lab) : IClassFixture<ServedLab>
{
    private static int last;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_save_is_refused_and_the_second_overwrites_what_a_checkpoint_keeps(bool saysWhatItSaw)
    {
        var (path, seen) = await NewAsync("mine");
        ChangeOnDisk(path, "theirs");

        var (refused, why) = await SaveAsync(path, "mine, later", saysWhatItSaw ? seen : null);
        Assert.Equal((HttpStatusCode.Conflict, "changed on disk"), (refused, (string?)why!["reason"]));
        Assert.Equal("theirs", File.ReadAllText(lab.PathOf(path)));

        var (saved, _) = await SaveAsync(path, "mine, later", saysWhatItSaw ? seen : null);
        Assert.Equal(HttpStatusCode.OK, saved);
        Assert.Equal("mine, later", File.ReadAllText(lab.PathOf(path)));

        var (_, kept) = await lab.AskAsync("GET", $"/api/contents/{path}/checkpoints");
        await lab.AskAsync("POST", $"/api/contents/{path}/checkpoints/{(string?)kept![0]!["id"]}");
        Assert.Equal("theirs", File.ReadAllText(lab.PathOf(path)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changed_once_more_in_between_it_is_refused_once_more(bool saysWhatItSaw)
    {
        var (path, seen) = await NewAsync("mine");
        ChangeOnDisk(path, "theirs");
        Assert.Equal(HttpStatusCode.Conflict, (await SaveAsync(path, "x", saysWhatItSaw ? seen : null)).Status);
        ChangeOnDisk(path, "theirs again");

        Assert.Equal(HttpStatusCode.Conflict, (await SaveAsync(path, "x", saysWhatItSaw ? seen : null)).Status);
        Assert.Equal("theirs again", File.ReadAllText(lab.PathOf(path)));
    }

    /// <summary>Two browser tabs with one notebook: the second that saves saw an older version than the first has written.</summary>
    [Fact]
    public async Task A_client_that_saw_an_older_version_is_refused_though_the_server_wrote_the_newer()
    {
        var (path, seen) = await NewAsync("both saw this");
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(path, "of the first tab", seen)).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await SaveAsync(path, "of the second tab", seen)).Status);
        Assert.Equal("of the first tab", File.ReadAllText(lab.PathOf(path)));
    }

    [Fact]
    public async Task Who_saves_again_and_again_is_never_refused()
    {
        var (path, seen) = await NewAsync("0");
        for (var i = 1; i <= 5; i++)
        {
            var (status, model) = await SaveAsync(path, new string('x', i), seen);
            Assert.Equal(HttpStatusCode.OK, status);
            seen = (string?)model!["last_modified"];
        }

        var (afterReload, read) = await lab.AskAsync("GET", $"/api/contents/{path}");
        Assert.Equal((HttpStatusCode.OK, seen), (afterReload, (string?)read!["last_modified"]));
    }

    [Fact]
    public async Task Ten_checkpoints_are_kept_newest_first()
    {
        var (path, _) = await NewAsync("x");
        var ids = new List<string?>();
        for (var i = 0; i < 12; i++)
        {
            var (status, model) = await lab.AskAsync("POST", $"/api/contents/{path}/checkpoints");
            Assert.Equal(HttpStatusCode.Created, status);
            ids.Add((string?)model!["id"]);
        }

        var (_, kept) = await lab.AskAsync("GET", $"/api/contents/{path}/checkpoints");
        ids.Reverse();
        Assert.Equal(ids.Take(10), kept!.AsArray().Select(entry => (string?)entry!["id"]));
        Assert.Equal(HttpStatusCode.NoContent, (await lab.AskAsync("DELETE", $"/api/contents/{path}/checkpoints/{ids[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.AskAsync("DELETE", $"/api/contents/{path}/checkpoints/{ids[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.AskAsync("POST", $"/api/contents/{path}/checkpoints/20260101-000000-000")).Status);
    }

    private async Task<(string Path, string? Seen)> NewAsync(string text)
    {
        var path = $"changed-{Interlocked.Increment(ref last)}.txt";
        await SaveAsync(path, text, null);
        var (_, model) = await lab.AskAsync("GET", $"/api/contents/{path}");
        return (path, (string?)model!["last_modified"]);
    }

    /// <summary>Some file systems count time coarsely: a change that a real editor makes comes later than the save.</summary>
    private void ChangeOnDisk(string path, string text)
    {
        var file = lab.PathOf(path);
        var before = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, before.AddSeconds(2));
    }

    private Task<(HttpStatusCode Status, JsonNode? Body)> SaveAsync(string path, string text, string? seen)
    {
        var model = ContentsTests.Model("file", text, "text");
        model["last_modified"] = seen;
        return lab.AskAsync("PUT", $"/api/contents/{path}", model);
    }
}
