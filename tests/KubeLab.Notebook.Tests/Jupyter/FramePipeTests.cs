using System.IO.Pipes;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

public sealed class FramePipeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Many_writers_at_once_leave_every_message_whole()
    {
        const int Writers = 8;
        const int Each = 50;
        await using var near = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var far = new AnonymousPipeClientStream(PipeDirection.In, near.ClientSafePipeHandle);
        using var from = new FramePipe(near);
        using var to = new FramePipe(far);

        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var message = AnyMessage.Small() with { Content = new JsonObject { ["text"] = new string((char)('a' + writer), i * 100) }.ToElement() };
                if (i % 2 == 0)
                {
                    from.Write(message);
                }
                else
                {
                    await from.WriteAsync(message, CancellationToken.None);
                }
            }
        })).ToList();

        var seen = new List<string>();
        using var limit = new CancellationTokenSource(Limit);
        for (var i = 0; i < Writers * Each; i++)
        {
            seen.Add((await to.ReadAsync(limit.Token))!.Content.Text("text")!);
        }

        await Task.WhenAll(writing);
        foreach (var writer in seen.Where(text => text.Length > 0).GroupBy(text => text[0]))
        {
            Assert.All(writer, text => Assert.Equal(new string(writer.Key, text.Length), text));
            Assert.Equal(Enumerable.Range(1, Each - 1).Select(i => i * 100), writer.Select(text => text.Length));
        }
    }

    [Fact]
    public async Task The_end_of_the_other_side_is_null_to_read_and_nothing_to_write()
    {
        var near = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var far = new AnonymousPipeClientStream(PipeDirection.In, near.ClientSafePipeHandle);
        using var from = new FramePipe(near);
        using var to = new FramePipe(far);
        from.Dispose();

        Assert.Null(await to.ReadAsync(CancellationToken.None));
        from.Write(AnyMessage.Small());
        await from.WriteAsync(AnyMessage.Small(), CancellationToken.None);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 127 })]
    public async Task A_length_beyond_reason_is_refused(byte[] head)
    {
        using var pipe = new FramePipe(new MemoryStream(head));

        await Assert.ThrowsAsync<FormatException>(() => pipe.ReadAsync(CancellationToken.None));
    }
}
