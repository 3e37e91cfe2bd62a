using KubeLab.Notebook.Kernel;

namespace KubeLab.Notebook.Tests.Kernel;

public sealed class StreamBufferTests
{
    private readonly StreamBuffer buffer = new();

    [Fact]
    public void What_is_written_to_one_stream_is_one_piece_and_a_change_begins_the_next()
    {
        Write(("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d"));

        Assert.Equal(4, buffer.Length);
        Assert.Equal([("stdout", "ab"), ("stderr", "c"), ("stdout", "d")], buffer.Take());
        Assert.Equal(0, buffer.Length);
        Assert.Empty(buffer.Take());
    }

    [Fact]
    public void A_flood_that_changes_streams_at_every_character_makes_few_pieces_and_loses_nothing()
    {
        Alternate(100_000);
        var pieces = buffer.Take();

        Assert.True(pieces.Count <= 20, $"{pieces.Count} pieces");
        Assert.Equal(50_000, pieces.Where(p => p.Name == "stdout").Sum(p => p.Text.Length));
        Assert.Equal(50_000, pieces.Where(p => p.Name == "stderr").Sum(p => p.Text.Length));
        Assert.Equal([("stdout", "o"), ("stderr", "e")], pieces.Take(2));
    }

    [Fact]
    public void A_cell_that_changes_streams_for_hours_makes_one_piece_per_stream_in_the_end()
    {
        for (var i = 0; i < 100; i++)
        {
            Alternate(10);
            buffer.Take();
        }

        Alternate(10);
        Assert.Equal([("stdout", "ooooo"), ("stderr", "eeeee")], buffer.Take());
    }

    private void Alternate(int characters)
    {
        for (var i = 0; i < characters; i++)
        {
            buffer.Append(i % 2 == 0 ? "stdout" : "stderr", i % 2 == 0 ? "o" : "e");
        }
    }

    private void Write(params (string Name, string Text)[] all)
    {
        foreach (var (name, text) in all)
        {
            buffer.Append(name, text);
        }
    }
}
