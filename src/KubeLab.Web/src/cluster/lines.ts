/** Cuts a stream into lines; the end of a line may come in a later chunk. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }

      rest += value;
      let start = 0;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
        yield rest.slice(start, end);
        start = end + 1;
      }

      rest = rest.slice(start);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }

  if (rest.length > 0) {
    yield rest;
  }
}
