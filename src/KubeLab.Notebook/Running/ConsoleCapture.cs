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
                Console.SetIn(new RoutedReader(Console.In));
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

    /// <summary>A cell that reads a line asks the person; without anybody to ask it reads the end of the input.</summary>
    private sealed class RoutedReader(TextReader host) : TextReader
    {
        private readonly ThreadLocal<Queue<char>> rest = new(() => new Queue<char>());

        public override string? ReadLine() => CellSink.Current is { } sink ? sink.Ask("", isPassword: false) : host.ReadLine();

        public override int Peek() => CellSink.Current is null ? host.Peek() : Fill() ? rest.Value!.Peek() : -1;

        public override int Read() => CellSink.Current is null ? host.Read() : Fill() ? rest.Value!.Dequeue() : -1;

        private bool Fill()
        {
            if (rest.Value!.Count == 0 && CellSink.Current!.Ask("", isPassword: false) is { } line)
            {
                foreach (var c in line + "\n")
                {
                    rest.Value.Enqueue(c);
                }
            }

            return rest.Value.Count > 0;
        }
    }
}
