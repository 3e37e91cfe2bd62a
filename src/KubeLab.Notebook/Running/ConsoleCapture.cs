using System.Text;

namespace KubeLab.Notebook.Running;

/// <summary>Sends what a cell writes to the console into the cell, and what the host writes to where it went before.</summary>
internal static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static bool isInstalled;

    public static void Install()
    {
        lock (Gate)
        {
            if (!isInstalled)
            {
                Console.SetOut(new RoutedWriter("stdout", Console.Out));
                Console.SetError(new RoutedWriter("stderr", Console.Error));
                isInstalled = true;
            }
        }
    }

    private sealed class RoutedWriter(string name, TextWriter host) : TextWriter
    {
        public override Encoding Encoding => host.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (CellSink.Current is { } sink)
            {
                sink.Write(name, buffer);
            }
            else
            {
                host.Write(buffer);
            }
        }

        public override void WriteLine(string? value)
        {
            Write(value.AsSpan());
            Write(CoreNewLine);
        }

        public override void Flush() => host.Flush();
    }
}
