using System.Buffers.Binary;
using System.Text;
using FsCheck.Fluent;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

public sealed class WebSocketFrameTests
{
    [Fact]
    public void A_message_comes_back_as_it_was_sent() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            AnyMessage.Arbitrary,
            message => AnyMessage.IsSame(message, WebSocketFrame.Read(WebSocketFrame.Write(message)))));

    /// <summary>The layout that Jupyter Server documents: offsets from the start, numbers little-endian of 64 bits.</summary>
    /// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html">WebSocket protocols</seealso>
    [Fact]
    public void The_frame_is_laid_out_as_documented()
    {
        var frame = WebSocketFrame.Write(AnyMessage.Small());

        var numbers = Enumerable.Range(0, 9).Select(i => (int)BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(8 * i))).ToList();
        Assert.Equal(8, numbers[0]);
        Assert.Equal(8 * 9, numbers[1]);
        Assert.Equal(frame.Length, numbers[8]);
        Assert.Equal("shell", Encoding.UTF8.GetString(frame[numbers[1]..numbers[2]]));
        Assert.Equal("""{"msg_id":"1","msg_type":"comm_msg","session":"s"}""", Encoding.UTF8.GetString(frame[numbers[2]..numbers[3]]));
        Assert.Equal(["{}", "{}", "{}"], Enumerable.Range(3, 3).Select(i => Encoding.UTF8.GetString(frame[numbers[i]..numbers[i + 1]])));
        Assert.Equal([1, 2, 3, 4], frame[numbers[6]..]);
    }

    [Fact]
    public void A_frame_that_is_cut_anywhere_is_refused()
    {
        var frame = WebSocketFrame.Write(AnyMessage.Small());
        for (var length = 0; length < frame.Length; length++)
        {
            Assert.Throws<FormatException>(() => WebSocketFrame.Read(frame.AsMemory(0, length)));
        }
    }

    [Fact]
    public void No_bytes_whatever_make_anything_but_a_message_or_a_refusal() => MangledFrames.Check(WebSocketFrame.Write, WebSocketFrame.Read);

    [Theory]
    [InlineData(0, 5UL, "frame: the number of offsets does not fit the frame")]
    [InlineData(0, 10_001UL, "frame: the number of offsets does not fit the frame")]
    [InlineData(0, ulong.MaxValue, "frame: the number of offsets does not fit the frame")]
    [InlineData(1, 0UL, "frame: offset 1 points outside")]
    [InlineData(2, ulong.MaxValue, "frame: offset 1 points outside")]
    [InlineData(2, 1UL, "frame: offset 1 points outside")]
    [InlineData(8, 4_000UL, "frame: offset 7 points outside")]
    public void Numbers_that_lie_are_refused_by_name(int at, ulong number, string why)
    {
        var frame = WebSocketFrame.Write(AnyMessage.Small());
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8 * at), number);

        Assert.Equal(why, Assert.Throws<FormatException>(() => WebSocketFrame.Read(frame)).Message);
    }

    [Theory]
    [InlineData("""{"msg_type":"t","session":"s"}""", "header.msg_id: a text is required")]
    [InlineData("""{"msg_id":1,"msg_type":"t","session":"s"}""", "header.msg_id: a text is required")]
    [InlineData("""{"msg_id":"1","session":"s"}""", "header.msg_type: a text is required")]
    [InlineData("""{"msg_id":"1","msg_type":"t"}""", "header.session: a text is required")]
    [InlineData("[]", "header: a JSON object is expected, not Array")]
    public void A_header_that_lacks_something_is_refused(string header, string why)
    {
        var message = AnyMessage.Small() with { Header = System.Text.Json.JsonDocument.Parse(header).RootElement };

        Assert.Equal(why, Assert.Throws<FormatException>(() => WebSocketFrame.Read(WebSocketFrame.Write(message))).Message);
    }
}
